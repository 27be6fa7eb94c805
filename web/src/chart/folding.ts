/** Which branches of the chart stand open. Kept by unit, so a change of date keeps the folds. */
import { useEffect, useState } from 'preact/hooks';
import { hasChildren, type Line, openAtFirst } from './tree';

export interface Folding {
  isOpen: (line: Line) => boolean;
  setOpen: (line: Line, open: boolean) => void;
  setAll: (open: boolean) => void;
}

type Choices = ReadonlyMap<string, boolean>;

/** Opens everything above the chosen unit, so that a link shows it. */
function withTrailOpen(choices: Choices, lines: readonly Line[], chosen: string | null): Choices {
  const line = lines.find(({ node }) => node.organization.id === chosen);
  if (line === undefined) return choices;
  const next = new Map(choices);
  for (let at = line.parent; at !== null; at = lines[at]?.parent ?? null) {
    const above = lines[at];
    if (above !== undefined) next.set(above.node.organization.id, true);
  }
  return next;
}

export function useFolding(
  lines: readonly Line[],
  chosen: string | null,
  searching: boolean,
): Folding {
  const [choices, setChoices] = useState<Choices>(new Map());
  useEffect(() => {
    setChoices((current) => withTrailOpen(current, lines, chosen));
  }, [lines, chosen]);
  const isOpen = (line: Line) =>
    searching || (choices.get(line.node.organization.id) ?? openAtFirst(lines, line));
  const setOpen = (line: Line, open: boolean) =>
    setChoices((current) => new Map(current).set(line.node.organization.id, open));
  const setAll = (open: boolean) =>
    setChoices(
      new Map(
        lines
          .filter((line) => hasChildren(line))
          .map((line) => [line.node.organization.id, open || line.level === 1]),
      ),
    );
  return { isOpen, setOpen, setAll };
}
