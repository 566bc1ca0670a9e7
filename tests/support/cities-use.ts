/** A merchant and its use of data in any city: norms, scenario, onboarding and application, by the pack. */
import { valuesOf } from '@gongshu/shared/packs/pack';
import { usccNo } from './onboardings.ts';
import { type Stack, until } from './stack.ts';
import { type City, openEntryOf } from './stack-cities.ts';

/** Every norm that the pack has approved, deposited or issued stands. */
export const bringNorms = async ({ seats, must, upload, pack }: City): Promise<void> => {
  if (!pack.rules['norms']) return;
  const { approved, deposited, issued } = valuesOf(pack, 'norms');
  for (const kind of [...approved, ...deposited]) {
    const document = await upload(seats.operator);
    const { norm } = await must(seats.operator, '/v1/norms', {
      kind,
      title: `规范 ${kind}`,
      document,
      version: 1,
    });
    if ((approved as string[]).includes(kind))
      await must(seats.bureau, `/v1/norms/${norm}/decision`, { outcome: 'approve' });
  }
  for (const kind of issued)
    await must(seats.bureau, '/v1/norms', {
      ...{ kind, title: `规范 ${kind}`, document: await upload(seats.bureau), version: 1 },
    });
};

const passed = (fields: readonly string[]) => fields.map((field) => ({ field, finding: 'passed', note: '' }));

/** The merchant is taken on by the operator. */
export const enrolMerchant = async ({ seats, must, read, pack }: City): Promise<void> => {
  const { checkFields, filing } = valuesOf(pack, 'merchantOnboarding');
  const parts = [...checkFields, ...(filing === 'none' ? [] : filing.contents)];
  const contents = {
    ...{ uscc: usccNo(1), legalPerson: '李某某', businessScope: '数据处理' },
    ...Object.fromEntries(parts.map((part) => [part, { text: '承诺落实' }])),
  };
  const { caseNo } = await must(seats.merchant, '/v1/onboardings', { contents });
  const at = `/v1/onboardings/${caseNo}`;
  const begun = (step: string) =>
    until(
      () => read(seats.bureau, at),
      ({ turns }) => turns.some((one: any) => one.step === step && one.deadline),
    );
  await begun('acceptance');
  await must(seats.operator, `${at}/acceptance/decision`, { outcome: 'approve' });
  await begun('check');
  await must(seats.operator, `${at}/check/decision`, { outcome: 'approve', findings: passed(checkFields) });
  const { outcome } = await until(
    () => read(seats.bureau, at),
    (seen) => seen.outcome !== null,
  );
  if (outcome !== 'enrolled') throw new Error(`${caseNo}: ${outcome}`);
};

/** A scenario that the city has appraised before data is asked for; nothing where its text asks for none. */
export const bringScenario = async ({ seats, must, pack }: City): Promise<string | undefined> => {
  if (!pack.rules['scenario']) return undefined;
  const { treatment } = valuesOf(pack, 'scenario');
  if (treatment.mode !== 'appraised') return undefined;
  const byDepartment = (treatment.appraisedBy as string[]).includes('industryDepartment');
  const { scenario } = await must(
    seats.operator,
    '/v1/scenarios',
    {
      code: 'busInquiry',
      contents: {
        ...{ title: '公交到站查询', field: 'transport', demand: '到站记录', plan: '平台内加工' },
        necessity: '方便市民',
      },
      developer: 'merchant-1',
      ...(byDepartment && { industryDepartment: 'dept-transport' }),
    },
    'catalog',
  );
  await must(
    seats.operator,
    `/v1/scenarios/${scenario}/first-review`,
    { outcome: 'approve', reasons: [] },
    'catalog',
  );
  const opinion = { compliance: true, necessity: true, reasons: [] };
  if (byDepartment) await must(seats.department, `/v1/scenarios/${scenario}/appraisals`, opinion, 'catalog');
  await must(seats.bureau, `/v1/scenarios/${scenario}/appraisals`, opinion, 'catalog');
  return 'busInquiry';
};

/** An application for the city's open entry, decided by everybody asked; its number and outcome. */
export const applyForUse = async (
  stack: Stack,
  { jurisdiction, seats, must, read, pack }: City,
  scenarioCode: string | undefined,
) => {
  const { checkFields } = valuesOf(pack, 'dataUseApplication');
  const submitted = await until(
    () =>
      stack.post(seats.merchant, '/v1/applications', {
        resources: [openEntryOf(jurisdiction)],
        contents: {
          ...{
            scenario: '公交到站查询',
            scope: '全部信息项',
            manner: '平台内加工',
            securityMeasures: '专网',
          },
          term: { from: '2025-04-14', until: '2026-03-31' },
          ...(scenarioCode !== undefined && { scenarioCode }),
        },
      }),
    ({ status }) => status < 300, // mandate, norms and merchant reach the catalog by events
  );
  if (submitted.status >= 300) throw new Error(`${jurisdiction}: ${JSON.stringify(submitted.body)}`);
  const { caseNo } = submitted.body;
  const at = `/v1/applications/${caseNo}`;
  const begun = (step: string) =>
    until(
      () => read(seats.bureau, at, 'catalog'),
      ({ turns }) => turns.some((one: any) => one.step === step && one.deadline),
    );
  await begun('acceptance');
  await must(seats.operator, `${at}/acceptance/decision`, { outcome: 'approve', reasons: [] }, 'catalog');
  await begun('check');
  const findings = passed(checkFields);
  await must(
    seats.operator,
    `${at}/check/decision`,
    { outcome: 'approve', findings, reasons: [] },
    'catalog',
  );
  await begun('review');
  const decision = { outcome: 'approve', reasons: [], conditions: [] };
  await must(seats.department, `${at}/reviews/dept-transport/decision`, decision, 'catalog');
  const { outcome, operator } = await until(
    () => read(seats.bureau, at, 'catalog'),
    (seen) => seen.outcome !== null,
  );
  return { caseNo, outcome, operator };
};
