/** The chart as an indented tree: arrows move and fold, Enter opens the record. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { kindTerm, statusTerm } from '../words/terms';
import { useLanguage, useWords } from '../words/language';
import { actOfKey } from './keys';
import { hasChildren, type Line } from './tree';

interface TreeProps {
  lines: readonly Line[];
  /** Lines that a search leaves; null when nothing is searched for. */
  matching: ReadonlySet<number> | null;
  visible: ReadonlySet<number>;
  isOpen: (line: Line) => boolean;
  setOpen: (line: Line, open: boolean) => void;
  chosen: string | null;
  choose: (unit: string) => void;
}

interface RowProps {
  line: Line;
  open: boolean;
  folded: boolean;
  chosen: boolean;
  focusable: boolean;
  onChoose: () => void;
  onToggle: () => void;
}

function Row({ line, open, folded, chosen, focusable, onChoose, onToggle }: RowProps) {
  const words = useWords();
  const language = useLanguage();
  const { organization } = line.node;
  const parent = hasChildren(line);
  const toggle = (event: Event) => {
    event.stopPropagation();
    onToggle();
  };
  return (
    <li
      role="treeitem"
      class={folded ? 'line folded' : 'line'}
      style={{ '--level': line.level }}
      data-index={line.index}
      aria-level={line.level}
      aria-posinset={line.place}
      aria-setsize={line.siblings}
      aria-selected={chosen}
      {...(parent ? { 'aria-expanded': open } : {})}
      tabIndex={focusable ? 0 : -1}
      onClick={onChoose}
    >
      {parent ? (
        <span class="twisty" aria-hidden="true" title={words.chart.toggle} onClick={toggle} />
      ) : (
        <span class="leaf" aria-hidden="true" />
      )}
      <span class="name" lang="zh-CN">
        {organization.name}
      </span>
      {organization.status !== 'ACTIVE' && (
        <span class="status">{statusTerm(organization.status, language)}</span>
      )}
      {parent && !open && (
        <span class="count" title={words.chart.children(line.node.childCount)}>
          {line.node.childCount}
        </span>
      )}
      <span class={`kind kind-${organization.kind}`}>{kindTerm(organization.kind, language)}</span>
    </li>
  );
}

export function TreeView(props: TreeProps) {
  const { lines, matching, visible, isOpen, setOpen, chosen, choose } = props;
  const list = useRef<HTMLUListElement>(null);
  const words = useWords();
  const [focused, setFocused] = useState<number | null>(null);
  const present = lines.filter((line) => matching === null || matching.has(line.index));
  const shown = present.filter((line) => visible.has(line.index)).map((line) => line.index);
  const chosenIndex = lines.find((line) => line.node.organization.id === chosen)?.index;
  // Exactly one line can be reached by Tab: the one last focused, else the chosen, else the first.
  const reachable = [focused, chosenIndex, shown[0]].find(
    (index) => index !== null && index !== undefined && shown.includes(index),
  );

  useEffect(() => {
    const row = list.current?.querySelector(`[data-index="${chosenIndex}"]`);
    row?.scrollIntoView({ block: 'nearest' });
  }, [chosenIndex, lines]);

  const focus = (index: number) => {
    setFocused(index);
    list.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus();
  };
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-index]');
    const line = lines[Number(row?.dataset['index'])];
    const done = line && actOfKey(event.key, line, shown, isOpen(line));
    if (!line || !done) return;
    event.preventDefault();
    if (done.act === 'focus') focus(done.index);
    else if (done.act === 'choose') choose(line.node.organization.id);
    else setOpen(line, done.act === 'open');
  };
  return (
    <ul role="tree" class="tree" aria-label={words.chart.heading} ref={list} onKeyDown={press}>
      {present.map((line) => (
        <Row
          key={line.index}
          line={line}
          open={isOpen(line)}
          folded={!visible.has(line.index)}
          chosen={line.node.organization.id === chosen}
          focusable={line.index === reachable}
          onChoose={() => {
            setFocused(line.index);
            choose(line.node.organization.id);
          }}
          onToggle={() => setOpen(line, !isOpen(line))}
        />
      ))}
    </ul>
  );
}
