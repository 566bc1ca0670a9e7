/** What an operating agreement in this jurisdiction lives under, carried for its whole life (O5–O9, O12). */
import {
  articleOf,
  placeOfEntry,
  type ResolvedPack,
  type ResolvedRule,
  ruleOf,
  valuesOf,
} from '../packs/pack.ts';
import type { OperatingAgreementRules } from '../packs/topics/operating-agreement.ts';
import type { ArticleRef } from '../problems.ts';

type Exit = OperatingAgreementRules['exit'][number];
export type ExitGround = Exit['ground'];
type Rests = ArticleRef | null;

export type AgreementRules = Pick<
  OperatingAgreementRules,
  'renewalWindow' | 'renewalMaterial' | 'handOver' | 'runningGrantsOnExit'
> & {
  contentsRest: Rests;
  termRests: Rests;
  /** Source departments set the term together with the authority (朔州 八). */
  termConfirmed: boolean;
  termSetByRests: Rests;
  /** The agreement itself is consulted on before it is signed (国家规范 十三). */
  consulted: boolean;
  consultationRests: Rests;
  /** Line departments may sign beside the authority. */
  coSigned: boolean;
  filing: { to: string; workingDays: number; waitsForReceipt: boolean; rests: Rests } | null;
  renewal: { outcomes: OperatingAgreementRules['renewal']['outcomes']; rests: Rests };
  windowRests: Rests;
  materialRests: Rests;
  exit: { ground: ExitGround; kind: Exit['kind']; rests: Rests }[];
  exitRests: Rests;
  handOverRests: Rests;
  /** False: the pack knows no suspension. */
  suspendable: boolean;
  suspensionRests: Rests;
};

const cited = (place: ReturnType<typeof placeOfEntry>): Rests => ('article' in place ? place : null);
const restsOf = (rule: ResolvedRule): Rests => cited(articleOf(rule));

/** Throws `RangeError` where the pack holds no operating agreement. */
export const agreementRules = (pack: ResolvedPack): AgreementRules => {
  const values = valuesOf(pack, 'operatingAgreement');
  const rests = (key: keyof OperatingAgreementRules): Rests =>
    restsOf(ruleOf(pack, 'operatingAgreement', key));
  const exit = ruleOf(pack, 'operatingAgreement', 'exit');
  const route = ruleOf(pack, 'operatorSelection', 'route');
  const consultation = route.value.find(({ step, on }) => step === 'consultation' && on === 'agreement');
  const { renewalWindow, renewalMaterial, handOver, runningGrantsOnExit, filing, filingLimit } = values;
  return {
    ...{ renewalWindow, renewalMaterial, handOver, runningGrantsOnExit },
    contentsRest: rests('contents'),
    termRests: rests('term'),
    termConfirmed: values.termSetBy.includes('sourceDepartment'),
    termSetByRests: rests('termSetBy'),
    consulted: consultation !== undefined,
    consultationRests: consultation ? cited(placeOfEntry(route, consultation.article)) : null,
    coSigned: ruleOf(pack, 'operatorSelection', 'signedBy').value === 'aloneOrWithDepartments',
    filing:
      filing === 'none'
        ? null
        : {
            to: filing.to,
            workingDays: filingLimit.workingDays,
            waitsForReceipt: filingLimit.waitsForReceipt,
            rests: rests('filing'),
          },
    renewal: { outcomes: values.renewal.outcomes, rests: rests('renewal') },
    windowRests: rests('renewalWindow'),
    materialRests: rests('renewalMaterial'),
    exit: exit.value.map(({ ground, kind, article }) => ({
      ...{ ground, kind },
      rests: cited(placeOfEntry(exit, article)),
    })),
    exitRests: rests('exit'),
    handOverRests: rests('handOver'),
    suspendable: values.suspension !== 'none',
    suspensionRests: rests('suspension'),
  };
};
