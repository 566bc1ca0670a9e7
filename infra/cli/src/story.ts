/** What `npm start` shows: one application decided, one through silence, each line read back from the product. */
import { connect } from '@gongshu/infra/database';
import { readLawClock, setLawClockSpeed } from '@gongshu/infra/law-clock';
import { loadPacks } from '@gongshu/infra/packs';
import { startFolder } from '@gongshu/infra/backends/places';
import { valuesOf } from '@gongshu/shared/packs/pack';
import { readConfig } from '@gongshu/infra/config';
import { topicOf } from '@gongshu/shared/events';
import { resourceNo } from '@gongshu/shared/resource';
import { join } from 'node:path';
import { type Accesses, accessesUnder } from './story/access.ts';
import { approve, type CaseView, type Desks, readUntil, untilReview } from './story/application.ts';
import { loadCity } from './story/city.ts';
import { deskAt } from './story/desk.ts';
import { grantOf } from './story/grant.ts';
import { approvedNorms, enrolled } from './story/onboarding.ts';
import { mandateOf } from './story/mandate.ts';
import { readEvent } from './story/read-event.ts';
import { say } from './story/say.ts';
import { tellPrices } from './story/tell-prices.ts';

type Urls = Record<
  'catalog' | 'registry' | 'pricing' | 'issuer' | 'database' | 'temporalUi' | 'kafka',
  string
>;

const decided = [
  'application.approved.v1',
  'application.approvedWithDeemedReviews.v1',
  'application.deemedApproved.v1',
];

/** Tells the story on a running installation. Told again, it changes nothing and reads the same. */
export const story = async (urls: Urls): Promise<void> => {
  const dataFolder = startFolder();
  const issuer = { issuerUrl: urls.issuer, dataFolder };
  const db = connect(urls.database, { schema: 'platform', max: 2 });
  const { speed } = await readLawClock(db);
  const configured =
    readConfig(['sandboxSpeed'], { ...process.env, GONGSHU_MODE: 'development' }).sandboxSpeed ?? speed;
  try {
    await setLawClockSpeed(db, 0); // the story stands still and advances
    process.stdout.write('\n示例市的一次授权运营 · One application in the sample city\n\n');
    await tell(urls, issuer, dataFolder, db);
  } finally {
    await setLawClockSpeed(db, configured);
    await db.destroy();
  }
};

const tell = async (
  urls: Urls,
  issuer: { issuerUrl: string; dataFolder: string },
  dataFolder: string,
  db: Parameters<typeof readLawClock>[0],
): Promise<void> => {
  const jurisdiction = 'zhongwei';
  const registry = await deskAt(urls.registry, issuer, {
    role: 'bureau',
    organisation: 'city-bureau',
    jurisdiction,
  });
  const { city, counts } = await loadCity(registry, {
    database: urls.database,
    registrationFolder: join(dataFolder, 'registration'),
  });
  tellCounts(counts, city.leftOut.length);

  const desk = (
    role: 'merchant' | 'operator' | 'sourceDepartment' | 'countyBureau' | 'bureau',
    organisation: string,
  ) => deskAt(urls.catalog, issuer, { role, organisation, jurisdiction });
  const kindOf = new Map(city.parties.map(({ id, kind }) => [id, kind]));
  const reviewer: Desks['reviewer'] = (organisation) => {
    const kind = kindOf.get(organisation);
    return desk(
      kind === 'countyBureau' ? 'countyBureau' : kind === 'operator' ? 'operator' : 'sourceDepartment',
      organisation,
    );
  };
  const { checkFields } = valuesOf(loadPacks().resolve(jurisdiction), 'dataUseApplication');
  const areaCode = loadPacks().resolve(jurisdiction).areaCode;
  const [first, second] = city.applications;
  if (!first || !second) throw new Error('the sample city holds two applications');
  const operator = await desk('operator', 'operator');
  const numbers = (keys: readonly string[]) => keys.map((key) => resourceNo(areaCode, key, ''));

  await tellOnboardings(urls, issuer, {
    jurisdiction,
    bureau: registry,
    parties: city.parties.filter(({ id }) => id === first.merchant || id === second.merchant),
  });

  // One application that everybody asked decides.
  const one: Desks = { merchant: await desk('merchant', first.merchant), operator, reviewer };
  const reviewed = await untilReview(one, numbers(first.resources), checkFields, 'decided');
  say(
    `${reviewed.caseNo} 已受理、核查通过，交 ${first.needs.length} 个单位审核，各 10 个工作日`,
    `${reviewed.caseNo} accepted and checked; ${first.needs.length} bodies review it side by side`,
  );
  await approve(one, reviewed.caseNo, [...first.needs], `decided-${reviewed.caseNo}`);
  await tellEnd(urls, operator, reviewed.caseNo);
  const { agreement, grant } = await grantOf(one, reviewed.caseNo);
  say(
    `协议 ${agreement.agreementNo} 双方已签署；使用授权 ${grant.grantNo} ${grant.fromOn} 至 ${grant.untilOn}，${grant.resources.length} 个资源（REST 读回）`,
    `both signed agreement ${agreement.agreementNo}; grant ${grant.grantNo} for ${grant.resources.length} entries (read back over REST)`,
  );
  tellAccesses(await accessesUnder(one, grant));

  // One in which a reviewer stays silent.
  const two: Desks = { merchant: await desk('merchant', second.merchant), operator, reviewer };
  const silent = await untilReview(two, numbers(second.resources), checkFields, 'silent');
  await approve(two, silent.caseNo, second.needs.slice(0, 1), `silent-${silent.caseNo}`);
  const waiting = await readUntil(
    () => operator.get<CaseView>(`/v1/applications/${silent.caseNo}`),
    (view) =>
      view.turns.filter(({ step, deadline }) => step === 'review' && deadline).length === second.needs.length,
  );
  const deadline =
    waiting.turns
      .flatMap((turn) => (turn.deadline ? [turn.deadline] : []))
      .sort()
      .at(-1) ?? '';
  const { now } = await readLawClock(db);
  if (now.getTime() < Date.parse(deadline)) {
    const bureau = await desk('bureau', 'city-bureau');
    const { stops } = await bureau.post<{ stops: { at: string }[] }>(
      '/v1/sandbox/clock/advance',
      { to: deadline },
      `story-advance-${silent.caseNo}`,
    );
    say(
      `${silent.caseNo} 两个单位到期未答复；沙箱时钟走到 ${deadline}，途经 ${stops.length} 个时点（催办、升级、届满）`,
      `${silent.caseNo}: two bodies stay silent; the sandbox clock goes to the deadline past ${stops.length} due instants`,
    );
  }
  await tellEnd(urls, operator, silent.caseNo);

  // What the operator may earn in the first year of its mandate.
  const atPricing = (role: 'operator' | 'bureau', organisation: string) =>
    deskAt(urls.pricing, issuer, { role, organisation, jurisdiction });
  const prices = {
    operator: await atPricing('operator', 'operator'),
    bureau: await atPricing('bureau', 'city-bureau'),
  };
  const { fromOn } = await mandateOf(registry, 'operator');
  const year = Number(fromOn.slice(0, 4));
  await tellPrices(prices, loadPacks().resolve(jurisdiction), { operator: 'operator', year });
};

/** The mandate and the norms first, then each merchant of the story. */
const tellOnboardings = async (
  urls: Urls,
  issuer: { issuerUrl: string; dataFolder: string },
  {
    jurisdiction,
    bureau,
    parties,
  }: {
    jurisdiction: string;
    bureau: Awaited<ReturnType<typeof deskAt>>;
    parties: readonly { id: string; uscc?: string | null | undefined }[];
  },
): Promise<void> => {
  const at = (role: 'merchant' | 'operator', organisation: string) =>
    deskAt(urls.registry, issuer, { role, organisation, jurisdiction });
  const operator = await at('operator', 'operator');
  const mandate = await mandateOf(bureau, 'operator');
  say(
    `授权运营协议 ${mandate.agreement} 系纸质协议录入：整体授权，${mandate.fromOn} 至 ${mandate.untilOn}，${mandate.state}（REST 读回）`,
    `operating agreement ${mandate.agreement}, concluded on paper, brought in: the whole, ${mandate.state} until ${mandate.untilOn} (read back over REST)`,
  );
  for (const norm of await approvedNorms({ operator, bureau }))
    say(
      `《${norm.title}》第 ${norm.version} 版：运营机构报送，主管部门审核同意（${norm.state}，REST 读回）`,
      `${norm.kind}, version ${norm.version}, submitted by the operator: ${norm.state} (read back over REST)`,
    );
  const { checkFields } = valuesOf(loadPacks().resolve(jurisdiction), 'merchantOnboarding');
  for (const { id, uscc } of parties) {
    const desks = { merchant: await at('merchant', id), operator, bureau };
    const { standing, onboarding } = await enrolled(desks, { id, uscc: uscc ?? '' }, checkFields);
    const findings = onboarding.turns.find(({ step }) => step === 'check')?.decision?.findings ?? [];
    say(
      `${onboarding.caseNo} 数商 ${id} 进驻：已受理，${findings.length} 个方面核查通过，${onboarding.outcome}；现为 ${standing.standing}（REST 读回）`,
      `${onboarding.caseNo}: merchant ${id} accepted, sound in ${findings.length} fields; it stands ${standing.standing} (read back over REST)`,
    );
  }
};

const tellAccesses = ({ supply, refused, traced }: Accesses): void =>
  say(
    `供数 ${supply.supplyNo}：${supply.department} 依授权向平台供 ${supply.fields.length} 个信息项；访问两次：范围内准许，范围外拒绝（${refused.code ?? ''}，${refused.article?.article ?? ''}），留痕 ${traced} 条（REST 读回）`,
    `supply ${supply.supplyNo} of ${supply.fields.length} fields by ${supply.department}; one access permitted, one refused (${refused.code ?? ''}), ${traced} traces (read back over REST)`,
  );

const stateWords: Record<string, string> = {
  compiled: '编目中',
  submitted: '已报送',
  reviewed: '已审核',
  collected: '已汇总',
  suspended: '暂停',
};

const tellCounts = (
  { states, compiledLacking }: Awaited<ReturnType<typeof loadCity>>['counts'],
  leftOut: number,
): void => {
  const total = (rows: typeof states) => rows.reduce((sum, { count }) => sum + count, 0);
  const open = total(states.filter(({ state }) => ['public', 'published', 'registered'].includes(state)));
  const closed = states.filter(({ state }) => state === 'closed');
  const waiting = states.filter(({ state }) => stateWords[state]);
  const why = closed.map(({ reason, count }) => `${reason ?? '—'} ${count}`).join(', ');
  const { grade, classification, reviewer } = compiledLacking;
  say(
    `目录：${open} 条开放申请；${total(waiting)} 条待办（${waiting.map(({ state, count }) => `${stateWords[state]} ${count}`).join('，')}；缺分级 ${grade}、分类 ${classification}、审核方 ${reviewer}）；${total(closed)} 条不开放（${why}）；原表另有 ${leftOut} 行信息项无法辨识，未收`,
    `catalog: ${open} entries open to application; ${total(waiting)} waiting (${waiting.map(({ state, count }) => `${state} ${count}`).join(', ')}; not graded ${grade}, no class ${classification}, no reviewer ${reviewer}); ${total(closed)} closed (${why}); ${leftOut} rows of the source left out, their fields unreadable`,
  );
};

/** The end of a case, read back over REST and from the public topic. */
const tellEnd = async (
  urls: Urls,
  operator: Awaited<ReturnType<typeof deskAt>>,
  caseNo: string,
): Promise<void> => {
  const view = await readUntil(
    () => operator.get<CaseView>(`/v1/applications/${caseNo}`),
    ({ outcome }) => outcome !== null,
  );
  const reviews = view.turns.filter(({ step }) => step === 'review');
  say(
    `${caseNo} 结果 ${view.outcome}：${reviews.map(({ organisation, outcome }) => `${organisation} ${outcome}`).join('，')}（REST 读回）`,
    `${caseNo} is ${view.outcome} (read back over REST)`,
  );
  const event = await readEvent(urls.kafka.split(','), topicOf('catalog', 'public'), {
    subject: caseNo,
    types: decided,
  });
  say(
    `Kafka 事件 ${event.type}（${topicOf('catalog', 'public')}，序号 ${Number(event.sequence)}）`,
    `its event, read from the topic: ${event.type}`,
  );
};
