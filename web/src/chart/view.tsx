/** The chart on a day (机构图), with the record of the chosen unit beside it. */
import { useMemo, useState } from 'preact/hooks';
import type { Chart } from '../registry/answers';
import { useAnswer } from '../registry/answer';
import { ExportButton } from '../exports/dialog';
import { readChart } from '../registry/operations';
import { type Scope, SCOPES, usePlace } from '../shell/place';
import { Caption, DayControls } from '../shell/day-controls';
import { Link } from '../shell/link';
import { Problem } from '../shell/problem';
import { UnitPanel } from '../unit/panel';
import { writeMoment } from '../words/dates';
import { useWords } from '../words/language';
import { ChartSearch } from './search';
import { useFolding } from './folding';
import { type Line, linesOf, matchingLines, type Search, visibleLines } from './tree';
import { TreeView } from './tree-view';

/** The hierarchies that each scope asks for, as the API names them. */
const HIERARCHIES: Record<Scope, readonly string[]> = {
  units: ['PART_OF'],
  system: ['PART_OF', 'GUIDES', 'SUPERVISES'],
};

function ScopeChoice() {
  const words = useWords().scope;
  const { place, go } = usePlace();
  return (
    <fieldset class="scopes">
      <legend>{words.label}</legend>
      {SCOPES.map((scope) => (
        <label key={scope}>
          <input
            type="radio"
            name="scope"
            checked={place.scope === scope}
            onChange={() => go({ scope })}
          />
          <span>{words[scope]}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** Says that the chosen unit is not among the lines, and offers the chart that may hold it. */
function Outside({ lines }: { lines: readonly Line[] }) {
  const words = useWords().search;
  const { unit, scope } = usePlace().place;
  if (unit === null || lines.some(({ node }) => node.organization.id === unit)) return null;
  return (
    <p class="outside" role="status">
      {words.outside}
      {scope === 'units' && <Link change={{ scope: 'system' }}>{words.whole}</Link>}
    </p>
  );
}

function ChartTree({ chart }: { chart: Chart }) {
  const words = useWords();
  const { place, go } = usePlace();
  const [search, setSearch] = useState<Search>({ text: '', kind: null });
  const lines = useMemo(() => linesOf(chart.nodes), [chart]);
  const matching = matchingLines(lines, search);
  const folding = useFolding(lines, place.unit, matching !== null);
  const visible = visibleLines(lines, folding.isOpen);
  if (lines.length === 0) return <p class="empty">{words.chart.empty}</p>;
  return (
    <>
      <Outside lines={lines} />
      <ChartSearch {...{ lines, search, setSearch }} setAll={folding.setAll} />
      {matching?.size === 0 && <p class="empty">{words.chart.noMatch}</p>}
      <TreeView
        {...{ lines, matching, visible }}
        isOpen={folding.isOpen}
        setOpen={folding.setOpen}
        chosen={place.unit}
        choose={(unit) => go({ unit })}
      />
    </>
  );
}

/** The name of the chosen unit, if it is among those that are shown. */
function nameOf(chart: Chart | null, unit: string | null): string | null {
  const found = chart?.nodes.find(({ organization }) => organization.id === unit);
  return found?.organization.name ?? null;
}

export function ChartView({ openSignIn }: { openSignIn: () => void }) {
  const words = useWords();
  const { place } = usePlace();
  const question = {
    asOf: place.asOf,
    knownAt: place.knownAt,
    hierarchies: HIERARCHIES[place.scope],
  };
  const { data, refusal, loading, retry } = useAnswer(JSON.stringify(question), (signal) =>
    readChart(question, signal),
  );
  return (
    <>
      <h1 class="heading">
        {data?.nodes[0] ? (
          <span lang="zh-CN">{data.nodes[0].organization.name}</span>
        ) : (
          words.product
        )}{' '}
        <span class="what">{words.chart.heading}</span>
      </h1>
      <DayControls shownOn={data?.asOf ?? null}>
        <ScopeChoice />
        <ExportButton shown={data} unitName={nameOf(data, place.unit)} openSignIn={openSignIn} />
      </DayControls>
      <Caption>
        {data === null
          ? words.loading
          : words.time.caption(data.asOf, writeMoment(data.knownAt), data.position)}
      </Caption>
      <div class={place.unit === null ? 'columns' : 'columns with-record'}>
        <section class="chart" aria-label={words.chart.heading} aria-busy={loading}>
          {refusal !== null && <Problem refusal={refusal} retry={retry} />}
          {data !== null && <ChartTree chart={data} />}
        </section>
        <UnitPanel />
      </div>
    </>
  );
}
