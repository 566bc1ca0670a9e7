import { ensureShippedCalendar } from '../calendars.ts';
import { readConfig } from '../config.ts';
import { connect } from '../database.ts';
import { startLawClock } from '../law-clock.ts';

/**
 * Before any process asks what time it is: the sandbox's clock stands where it stood (at its start, the first time),
 * and the calendars that ship with the product are loaded. The catalog service keeps the clock going.
 */
export const beginTime = async (databaseUrl: string): Promise<void> => {
  const { sandboxStart, sandboxSpeed } = readConfig(['sandboxStart', 'sandboxSpeed'], {
    ...process.env,
    GONGSHU_MODE: 'development',
  });
  const db = connect(databaseUrl, { schema: 'platform', max: 1 });
  try {
    const clock = await startLawClock(db, { mode: 'development', start: sandboxStart, speed: sandboxSpeed });
    await ensureShippedCalendar(db);
    await clock.stop();
  } finally {
    await db.destroy();
  }
};
