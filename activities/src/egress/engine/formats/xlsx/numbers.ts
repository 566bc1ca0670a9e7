const day = 86_400_000;

/** A number as it is shown in full: no exponent in whole numbers, so that an identity number kept as a number is seen. */
export const numberText = (raw: string): string => {
  if (/^-?\d+$/.test(raw)) return raw;
  const value = Number(raw);
  if (!Number.isFinite(value)) return raw;
  return Number.isInteger(value) && Math.abs(value) < 1e30 ? BigInt(value).toString() : String(value);
};

/** A serial number as its date and time, `2024-05-01 08:30:00`; serial 60 of the calendar of 1900 is a day that never was. */
export const dateText = (raw: string, from1904: boolean): string => {
  const serial = Number(raw);
  if (!Number.isFinite(serial) || serial < 0 || serial > 2_958_466) return numberText(raw);
  const epoch = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, serial < 60 ? 31 : 30);
  const iso = new Date(epoch + Math.round((serial * day) / 1000) * 1000).toISOString();
  const [date = '', time = ''] = iso.slice(0, 19).split('T');
  if (serial < 1 && !from1904) return time;
  return time === '00:00:00' ? date : `${date} ${time}`;
};
