/** The chart on a day (机构图), with the record of the chosen unit beside it. */
import { useMemo, useState } from 'preact/hooks';
import type { Chart } from '../registry/answers';
import { useAnswer } from '../registry/answer';
import { readChart } from '../registry/operations';
import { type Scope, SCOPES, usePlace } from '../shell/place';
import { Problem } from '../shell/problem';
import { BeliefField, DateField } from '../shell/time-fields';
import { UnitPanel } from '../unit/panel';
import { writeMoment } from '../words/dates';
import { useWords } from '../words/language';
import { ChartSearch } from './search';
import { useFolding } from './folding';
import { linesOf, matchingLines, type Search, visibleLines } from './tree';
import { TreeView } from './tree-view';

/** The hierarchies that each scope asks for, as the API names them. */
const HIERARCHIES: Record<Scope, readonly string[]> = {
  units: ['PART_OF'],
  system: ['PART_OF', 'GUIDES', 'SUPERVISES'],
};

function ChartControls({ shownOn }: { shownOn: string | null }) {
  const words = useWords();
  const { place, go } = usePlace();
  return (
    <div class="controls">
      <div class="with-button">
        <DateField
          label={words.time.asOf}
          hint={words.time.asOfHint}
          name="asOf"
          value={place.asOf ?? shownOn}
          onChange={(asOf) => go({ asOf })}
        />
        <button type="button" disabled={place.asOf === null} onClick={() => go({ asOf: null })}>
          {words.time.today}
        </button>
      </div>
      <BeliefField value={place.knownAt} onChange={(knownAt) => go({ knownAt })} />
      <fieldset class="scopes">
        <legend>{words.scope.label}</legend>
        {SCOPES.map((scope) => (
          <label key={scope}>
            <input
              type="radio"
              name="scope"
              checked={place.scope === scope}
              onChange={() => go({ scope })}
            />
            <span>{words.scope[scope]}</span>
          </label>
        ))}
      </fieldset>
      <button type="button" class="print" onClick={() => print()}>
        {words.print}
      </button>
    </div>
  );
}

function Caption({ chart }: { chart: Chart | null }) {
  const words = useWords();
  const { place } = usePlace();
  const past = place.knownAt !== null;
  return (
    <p class={past ? 'caption past' : 'caption'} role="status">
      {past && <strong>{words.time.past}</strong>}
      <span>
        {chart === null
          ? words.loading
          : words.time.caption(chart.asOf, writeMoment(chart.knownAt), chart.position)}
      </span>
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

export function ChartView() {
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
      <ChartControls shownOn={data?.asOf ?? null} />
      <Caption chart={data} />
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
