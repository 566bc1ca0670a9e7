import { CalendarLoadBody } from '@gongshu/shared/calendar-load';
import { Command } from 'commander';
import { z } from 'zod';
import { callCatalog } from './catalog-client.ts';
import { readInput } from './read-input.ts';

const nation = 'national';

/** A step of a play as what is posted: `at` says when the play does it, and loading is done now. */
const asBody = (step: unknown): unknown => {
  if (typeof step !== 'object' || step === null || Array.isArray(step)) return step;
  const { at: _at, event, ...load } = step as Record<string, unknown>;
  return event === 'publishYear' || 'year' in load ? { publishYear: load } : load;
};

/** One load, or a list of them; the shapes of a play's `calendar` and `publishYear` steps. */
const LoadFile = z.preprocess(
  (value) => (Array.isArray(value) ? value : [value]).map(asBody),
  z.array(CalendarLoadBody).min(1).max(1000),
);

const Loaded = z.object({
  version: z.string(),
  changed: z.boolean(),
  jurisdictions: z.array(z.object({ jurisdiction: z.string() })),
});
const Year = z.object({
  year: z.number(),
  jurisdiction: z.string(),
  version: z.string(),
  notice: z.object({
    number: z.string().nullable(),
    issuedOn: z.string().nullable(),
    title: z.string().nullable(),
  }),
  workingDays: z.number(),
  days: z.array(
    z.object({ date: z.string(), working: z.boolean(), reason: z.string(), name: z.string().optional() }),
  ),
});

const load = async (file: string, { jurisdiction = nation }: { jurisdiction?: string }): Promise<void> => {
  for (const body of readInput(file, LoadFile)) {
    // A year is the State Council's, also where it is put down for one city; a bureau changes its own days.
    const role = jurisdiction === nation || body.publishYear ? 'systemAdministrator' : 'bureau';
    const { version, changed, jurisdictions } = await callCatalog(Loaded, {
      method: 'POST',
      path: '/v1/calendars',
      body: { jurisdiction, ...body },
      as: { role, jurisdiction },
    });
    const told = jurisdictions.map((one) => one.jurisdiction).join(', ');
    const what = changed ? '已载入 loaded' : '已是如此，未变 already so';
    process.stdout.write(`${what}: ${version.slice(0, 19)}… (${told})\n`);
  }
};

const show = async (year: string, { jurisdiction = nation }: { jurisdiction?: string }): Promise<void> => {
  const { notice, workingDays, days, ...of } = await callCatalog(Year, {
    method: 'GET',
    path: `/v1/calendars/${encodeURIComponent(year)}?jurisdiction=${encodeURIComponent(jurisdiction)}`,
  });
  const lines = days
    .filter(({ reason }) => reason !== 'workday' && reason !== 'weekend')
    .map(({ date, working, name }) =>
      `  ${date}  ${working ? '班 worked' : '休 free  '}  ${name ?? ''}`.trimEnd(),
    );
  process.stdout.write(
    `${of.year} ${of.jurisdiction}: ${notice.number ?? '无文号'}, ${workingDays} working days 个工作日\n${lines.join('\n')}\n${of.version}\n`,
  );
};

/** `gongshu calendar …`: years and closures of a started platform. */
export const calendarCommand = (): Command => {
  const calendar = new Command('calendar').description('节假日安排 · the statutory calendar');
  calendar
    .command('load <file>')
    .description('load a notice or changed days; every running clock is computed anew')
    .option('--jurisdiction <name>', "one city's calendar; the nation's when left out")
    .action(load);
  calendar
    .command('show <year>')
    .description('what a year has besides working weekdays and free weekends')
    .option('--jurisdiction <name>', 'as it stands in one city')
    .action(show);
  return calendar;
};
