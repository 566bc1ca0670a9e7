/** Several alike decided in one act, a reason each: every one is posted under a key of its own and answered on its own. */
import { t } from '../language.ts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { serviceNames } from '@gongshu/shared/events';
import { problem } from '@gongshu/shared/problems';
import { html, none } from '../../html/escape.ts';
import { facts } from '../../html/table.ts';
import { tag } from '../../html/tag.ts';
import { day } from '../../html/view.ts';
import { type ActForm, actFormOf, fileDocuments, postAct } from '../act.ts';
import { addressOf, caseHref, placeOf } from '../act-paths.ts';
import type { Refusal } from '../api.ts';
import { actTitles } from '../case-acts.ts';
import type { Desk } from '../deps.ts';
import { draw, takesFiles } from '../form-draw.ts';
import { nothingSent, type Sent, valueOf } from '../form-read.ts';
import { prefillOf } from '../prefill.ts';
import { formToken } from '../seal.ts';
import { type At, getPage, postForm } from '../serve.ts';
import type { Shape } from '../shape.ts';
import { deskPage } from '../shell.ts';
import { redOf, tasksOf, type Waiting } from '../tasks.ts';
import { refusalBlock } from '../views/act-form.ts';
import { taskKey, wordsOfLacking } from '../views/task-list.ts';
import { wordOf } from '../words.ts';

/** As many as a page shows with room to write a reason for each. */
const most = 50;

/** One of the chosen: its task as it stands, and the form of the act for it. */
type Row = { key: string; task: Waiting; form: ActForm };
type Failed = { row: Row; sent: Sent; name: string; refusal: Refusal };
type Done = { key: string; caseNo: string; receipt: string | undefined; state: string };

/** What is asked for each: what must be said, and reasons. The rest of an act is for its own page. */
const brief = (shape: Shape): Shape =>
  shape.kind === 'object'
    ? {
        ...shape,
        fields: shape.fields
          .filter(({ name, required }) => required || name === 'reasons' || name === 'findings')
          .map((one) =>
            one.name === 'reasons' && one.shape.kind === 'list'
              ? { ...one, shape: { ...one.shape, max: 1 } }
              : one,
          ),
      }
    : shape;

const chosenKeys = (url: string): string[] =>
  new URL(url, 'http://desk').searchParams.getAll('task').slice(0, most);

/** The tasks of the address, found again in the services' lists: what no longer waits for him is left out. */
const rowsOf = async (at: At, act: string): Promise<Row[]> => {
  const keys = chosenKeys(at.request.url);
  const cases = new Map(keys.map((key) => [key.split('~')[3] ?? '', key.split('~')[0]]));
  const lists = await Promise.all(
    [...cases].map(([caseNo, service]) =>
      tasksOf(at, { caseNo }, { services: serviceNames.filter((one) => one === service) }),
    ),
  );
  const waiting = new Map(lists.flatMap(({ tasks }) => tasks.map((task) => [taskKey(task), task] as const)));
  const rows = await Promise.all(
    keys.map(async (key): Promise<Row[]> => {
      const [service = '', kind = '', subject = '', caseNo = '', organisation = ''] = key.split('~');
      // Decided meanwhile, or past its day: the service says so when it is posted, as it would to anybody.
      const task =
        waiting.get(key) ??
        ({
          ...{ service, kind, subject, caseNo, organisation: organisation || null, acts: [], turn: null },
          ...{ assignee: null, standingInFor: null, lastDay: null, deadline: null, daysLeft: null },
          ...{ overdue: false, provisional: false, held: false, told: null, article: null },
        } as unknown as Waiting);
      const known = serviceNames.find((one) => one === service);
      const address = known && addressOf(known, task, act);
      if (!address) return [];
      const form = await actFormOf(at, address);
      return [{ key, task, form: { ...form, shape: brief(form.shape) } }];
    }),
  );
  return rows.flat();
};

/** The address of the page with these tasks alone. */
const addressFor = (act: string, keys: readonly string[]): string => {
  const query = new URLSearchParams({ act });
  for (const key of keys) query.append('task', key);
  return `/desk/decisions?${query.toString()}`;
};

const nameOf = (index: number): string => `/row${index}`;

const underName = (refusal: Refusal, name: string): Refusal['errors'] =>
  refusal.errors.map((error) => ({ ...error, pointer: error.pointer.replace(/^\/body/, name) }));

/** The fields of one row alone: its files are filed once, with its own service. */
const within = (sent: Sent, name: string): Sent => ({
  ...sent,
  names: sent.names.filter((one) => one.startsWith(`${name}/`)),
});

/** The page: what was done, and a form for what is still to do. */
const show = async (
  at: At,
  act: string,
  given: {
    rows: readonly Row[];
    failed?: readonly Failed[];
    done?: readonly Done[];
    sent?: Sent;
    more?: string;
  },
): Promise<string> => {
  const { view, session } = at;
  const { rows, failed = [], done = [], sent, more } = given;
  const action = addressFor(
    act,
    rows.map(({ key }) => key),
  );
  const [first] = rows;
  const title = first ? (await actTitles(at, [first.task]))(first.task, act) : wordOf(act);
  const files = rows.some(({ form }) => takesFiles(form.shape));
  const drawn = await Promise.all(
    rows.map(async ({ key, task, form }, index) => {
      const name = nameOf(index);
      const wrong = failed.find((one) => one.row.key === key);
      const { value: initial, choices } = await prefillOf(at, form);
      const value = wrong
        ? valueOf(form.shape, wrong.name, wrong.sent)
        : sent
          ? valueOf(form.shape, name, sent)
          : initial;
      const drawing = {
        ...{ view, sent: sent ?? nothingSent, files, more },
        errors: wrong ? underName(wrong.refusal, name) : [],
        choices: (pointer: string) => choices(pointer.replace(name, '/body')),
      };
      const red = redOf(task);
      return html`<section aria-labelledby="row-${index}">
        <h2 id="row-${index}">${index + 1}. ${wordOf(task.kind, 'taskKinds')} ${placeOf(task.caseNo) ? html`<a href="${caseHref(task.caseNo)}">${task.caseNo}</a>` : wordsOfLacking(task.caseNo)}</h2>
        ${facts([
          [t('最后一日'), task.lastDay === null ? null : day(view, task.lastDay)],
          [t('依据'), task.article],
          [t('提示'), red.length === 0 ? null : html`${red.map((one) => tag(one, 'stop'))}`],
        ])}
        ${wrong ? refusalBlock(wrong.refusal) : none}
        ${draw(drawing, form.shape, { name, label: '', required: true, value })}
      </section>`;
    }),
  );
  return deskPage(view, session, {
    title: t('一并办理：{0}', title),
    lead: t('每件分别填写、分别收件；有一件不予办理，不影响其他各件。'),
    crumbs: [{ title: t('一并办理') }],
    body: html`
      ${
        done.length === 0
          ? none
          : html`<h2 id="done">${t('已办理（{0} 件）', done.length)}</h2><ul>${done.map(
              ({ key, caseNo, receipt, state }) =>
                html`<li>${tag(wordOf(state, 'intakeStates'), 'good')} <a href="${caseHref(caseNo)}">${caseNo}</a> ${receipt ? html`${t('回执')} <a href="/desk/receipts/${key.split('~')[0]}/${receipt}">${receipt}</a>` : none}</li>`,
            )}</ul>`
      }
      ${failed.length === 0 ? none : html`<p role="alert">${tag(t('{0} 件未办理，理由见各件', failed.length), 'stop')}</p>`}
      ${
        rows.length === 0
          ? html`<p><a class="button" href="/desk">${t('回到待办')}</a></p>`
          : html`<form class="form" method="post" action="${action}"${files ? html` enctype="multipart/form-data"` : none} novalidate>
              <input type="hidden" name="token" value="${formToken(session.id, action)}" />
              ${drawn}
              <p class="actions"><button type="submit" name="submit" value="yes">${t('全部提交（{0} 件）', rows.length)}</button></p>
            </form>`
      }`,
  });
};

export const decisionRoutes =
  (desk: Desk): FastifyPluginAsyncZod =>
  async (app) => {
    getPage(app, desk, '/desk/decisions', async (at) => {
      const act = at.query['act'] ?? '';
      const keys = chosenKeys(at.request.url);
      const rows = await rowsOf(at, act);
      if (rows.length > 0) return show(at, act, { rows });
      return deskPage(at.view, at.session, {
        title: t('一并办理'),
        crumbs: [{ title: t('一并办理') }],
        body: html`<p role="alert">${keys.length === 0 ? t('没有选择事项。') : t('所选事项都不能这样办理。')} ${t('请回到待办，选择几件同类事项后再试。')}</p><p><a class="button" href="/desk">${t('回到待办')}</a></p>`,
      });
    });

    postForm(app, desk, '/desk/decisions', async (at) => {
      const { sent: given, token, query } = at;
      const act = query['act'] ?? '';
      const rows = await rowsOf(at, act);
      const more = given.text('more');
      if (more !== undefined) return show(at, act, { rows, sent: given, more });
      if (rows.length === 0) throw problem('notFound');
      const done: Done[] = [];
      const failed: Failed[] = [];
      for (const [index, row] of rows.entries()) {
        const name = nameOf(index);
        const { sent, refused } = await fileDocuments(at, row.form.service, within(given, name));
        const [first] = refused;
        // Nothing is decided without a file that was chosen for it.
        if (first) {
          const refusal = {
            title: t('所附文件未能收存，本件未办理'),
            status: 422,
            code: first.code,
            errors: refused,
          };
          failed.push({ row, sent, name, refusal });
          continue;
        }
        const answer = await postAct(at, row.form, { sent, name, key: `${token}:${index}` });
        if (!answer.ok) {
          failed.push({ row, sent, name, refusal: answer.refusal });
          continue;
        }
        const { receipt, state } = answer.body;
        done.push({
          ...{ key: row.key, caseNo: row.task.caseNo },
          receipt: typeof receipt === 'string' ? receipt : undefined,
          state: typeof state === 'string' ? state : 'delivered',
        });
      }
      return show(at, act, { rows: failed.map(({ row }) => row), failed, done });
    });
  };
