/** What a form begins with, and the codes it offers, where the case or the city's rules say so. */
import type { CaseView } from '@gongshu/infra/cases/view';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import { placeOf } from './act-paths.ts';
import type { ActForm } from './act.ts';
import type { Choices } from './form-draw.ts';
import type { At } from './serve.ts';
import { commonReasons } from './words.ts';

export type Prefill = { value: unknown; choices: Choices };

const topics: Readonly<Record<string, string>> = {
  '/v1/applications': 'dataUseApplication',
  '/v1/onboardings': 'merchantOnboarding',
};

const codesIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

/** Codes that a rule of the city's pack lists; none where it lists none. */
const codesOf = (packs: PackSet, jurisdiction: string, topic: string | undefined, rule: string): string[] => {
  if (topic === undefined || !packs.jurisdictions.includes(jurisdiction)) return [];
  return codesIn(packs.resolve(jurisdiction).rules[topic]?.[rule]?.value);
};

const caseNoIn = (path: string): string | undefined => {
  const [, , , caseNo] = path.split('/');
  return caseNo === undefined ? undefined : decodeURIComponent(caseNo);
};

/** Prefilled: findings by what the pack has checked, contents as they stand, reasons by the pack's list. */
export const prefillOf = async (
  { desk, asker, session }: Pick<At, 'desk' | 'asker' | 'session'>,
  { service, path, route }: ActForm,
): Promise<Prefill> => {
  const { jurisdiction } = session.person;
  const caseNo = caseNoIn(path);
  const place = caseNo === undefined ? undefined : placeOf(caseNo);
  const topic = place && topics[place.path];
  const reasons = codesOf(desk.packs, jurisdiction, topic, 'refusalReasons');
  const checked = codesOf(desk.packs, jurisdiction, topic, 'checkFields');
  const isCorrection = route.template.endsWith('/corrections');
  const isResubmission = route.template.endsWith('/resubmission');
  const view =
    place && topic && (isCorrection || isResubmission)
      ? await desk.api.get<CaseView>(asker, service, `${place.path}/${encodeURIComponent(place.caseNo)}`)
      : undefined;
  const contents = view?.ok ? view.body.contents.contents : null;
  const items = isCorrection ? Object.keys(contents ?? {}) : [];
  return {
    value: route.template.endsWith('/check/decision')
      ? { findings: checked.map((field) => ({ field })) }
      : isResubmission && contents
        ? { contents }
        : undefined,
    choices: (pointer) => {
      if (/\/reasons\/\d+\/code$/.test(pointer)) return reasons.length > 0 ? reasons : commonReasons();
      if (/\/findings\/\d+\/field$/.test(pointer)) return checked.length > 0 ? checked : undefined;
      if (/\/items\/\d+\/item$/.test(pointer)) return items.length > 0 ? items : undefined;
      return undefined;
    },
  };
};
