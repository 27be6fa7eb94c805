/** The six lists of a change set, each with its count; a list without entries is left out. */
import type { ComponentChildren } from 'preact';
import type { ChangeSet, CivilDate, NamedUnit } from '../registry/answers';
import { ChineseText, UnitLink } from '../shell/unit-name';
import { useLanguage, useWords } from '../words/language';
import { kindTerm } from '../words/terms';

interface ListsProps {
  changes: ChangeSet;
  from: CivilDate;
  to: CivilDate;
}

interface SectionProps {
  name: keyof ChangeSet;
  count: number;
  columns: string[];
  children: ComponentChildren;
}

function Section({ name, count, columns, children }: SectionProps) {
  const words = useWords().changes;
  if (count === 0) return null;
  return (
    <section class={`change ${name}`} data-change={name}>
      <h2>
        {words[name]} <span class="count">{words.count(count)}</span>
      </h2>
      <table class="stacking">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}

interface UnitListProps {
  name: 'established' | 'dissolved';
  units: NamedUnit[];
  asOf: CivilDate;
}

function UnitList({ name, units, asOf }: UnitListProps) {
  const words = useWords();
  const language = useLanguage();
  const columns = [words.changes.unit, words.unit.kind];
  return (
    <Section name={name} count={units.length} columns={columns}>
      {units.map((unit) => (
        <tr key={unit.id}>
          <td data-label={columns[0]}>
            <UnitLink unit={unit} asOf={asOf} />
          </td>
          <td data-label={columns[1]}>{kindTerm(unit.kind, language)}</td>
        </tr>
      ))}
    </Section>
  );
}

function Renamings({ changes, from, to }: ListsProps) {
  const words = useWords().changes;
  const columns = [words.before, words.after];
  return (
    <Section name="renamed" count={changes.renamed.length} columns={columns}>
      {changes.renamed.map(({ organization: { id }, before, after }) => (
        <tr key={id}>
          <td data-label={columns[0]}>
            <UnitLink unit={{ id, name: before }} asOf={from} />
          </td>
          <td data-label={columns[1]}>
            <UnitLink unit={{ id, name: after }} asOf={to} />
          </td>
        </tr>
      ))}
    </Section>
  );
}

function Moves({ changes, from, to }: ListsProps) {
  const words = useWords().changes;
  const columns = [words.unit, words.fromSuperior, words.toSuperior];
  return (
    <Section name="moved" count={changes.moved.length} columns={columns}>
      {changes.moved.map((move) => (
        <tr key={move.organization.id}>
          <td data-label={columns[0]}>
            <UnitLink unit={move.organization} asOf={to} />
          </td>
          <td data-label={columns[1]}>
            <UnitLink unit={move.from} asOf={from} />
          </td>
          <td data-label={columns[2]}>
            <UnitLink unit={move.to} asOf={to} />
          </td>
        </tr>
      ))}
    </Section>
  );
}

function Transfers({ changes, from, to }: ListsProps) {
  const words = useWords().changes;
  const columns = [words.function, words.fromUnit, words.toUnit];
  return (
    <Section
      name="functionsTransferred"
      count={changes.functionsTransferred.length}
      columns={columns}
    >
      {changes.functionsTransferred.map((transfer) => (
        <tr key={`${transfer.function.id} ${transfer.from?.id} ${transfer.to?.id}`}>
          <td data-label={columns[0]}>
            <ChineseText>{transfer.function.name}</ChineseText>
          </td>
          <td data-label={columns[1]}>
            <UnitLink unit={transfer.from} asOf={from} />
          </td>
          <td data-label={columns[2]}>
            <UnitLink unit={transfer.to} asOf={to} />
          </td>
        </tr>
      ))}
    </Section>
  );
}

export function ChangeLists(props: ListsProps) {
  const { changes, from, to } = props;
  const words = useWords().changes;
  if (Object.values(changes).every((list: unknown[]) => list.length === 0)) {
    return <p class="empty">{words.none}</p>;
  }
  const orphans = changes.functionsOrphaned;
  return (
    <>
      <UnitList name="established" units={changes.established} asOf={to} />
      <UnitList name="dissolved" units={changes.dissolved} asOf={from} />
      <Renamings {...props} />
      <Moves {...props} />
      <Transfers {...props} />
      <Section name="functionsOrphaned" count={orphans.length} columns={[words.function]}>
        {orphans.map(({ id, name }) => (
          <tr key={id}>
            <td data-label={words.function}>
              <ChineseText>{name}</ChineseText>
            </td>
          </tr>
        ))}
      </Section>
    </>
  );
}
