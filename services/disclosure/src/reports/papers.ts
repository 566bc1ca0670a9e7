/** A version as a paper: the body that issues it by city, kind and id; the document's own number (S1–S3). */
import type { BulletinContent } from '@gongshu/infra/disclosures/bulletin';
import type { VersionRow } from '@gongshu/infra/disclosures/versions';
import type { ProcedureRow } from '@gongshu/infra/procedures/acting';
import { departmentFigures } from '@gongshu/shared/bulletin/figures';
import type { BulletinCaseRules } from '@gongshu/shared/bulletin/rules';
import { toInstantText } from '@gongshu/shared/business-date';
import { codeTables } from '@gongshu/shared/code-tables';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import type { Paper } from '@gongshu/shared/paper/paper';
import { bulletinPaper, disclosurePaper } from '@gongshu/shared/paper/reports';
import type { YearlyContent } from '@gongshu/shared/yearly-disclosure/content';
import type { YearlyFacts } from '@gongshu/shared/yearly-disclosure/types';

const word = (table: string, code: string): string => codeTables[table]?.codes[code]?.zh ?? code;

/** `names`: public names of bodies; the same version gives the same paper while bodies keep their names. */
export const paperOf = (
  { title }: Pick<ResolvedPack, 'title'>,
  { start, authority }: ProcedureRow,
  { document, at }: Pick<VersionRow, 'document' | 'at'>,
  said: YearlyContent | BulletinContent,
  names: ReadonlyMap<string, string>,
): Paper => {
  const issued = { number: document, jurisdiction: title, issuedAt: toInstantText(at.getTime()) };
  if (said.form === 'gongshu-yearly-disclosure-1') {
    const { part, body } = start.facts as YearlyFacts;
    const kind = part === 'operator' ? 'operator' : 'bureau';
    const issuedBy = `${title}${word('partyKinds', kind)}（${names.get(body) ?? body}）`;
    return disclosurePaper({ ...issued, issuedBy }, said, word, names);
  }
  const { figures, rests } = start.rules as BulletinCaseRules;
  return bulletinPaper(
    {
      ...{
        ...issued,
        issuedBy: `${title}${word('partyKinds', 'bureau')}（${names.get(authority) ?? authority}）`,
      },
      grounds: rests === null ? [] : [{ instrument: rests.instrument, article: rests.article }],
    },
    said,
    figures.map((group) => ({ group, figures: departmentFigures[group] })),
    word,
    names,
  );
};
