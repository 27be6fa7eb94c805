/** The chart's flat lines as a tree that can be folded and searched. Pure: no page, no request. */
import type { ChartNode } from '../registry/answers';

/** One line with its place in the tree. A unit with two superiors has two lines. */
export interface Line {
  node: ChartNode;
  /** Position in the flat list; the only name of a line that is unique. */
  index: number;
  /** 1 for the root, as aria-level counts. */
  level: number;
  /** Index of the line above it in the tree, or null for the root. */
  parent: number | null;
  /** One past the last line below this one. */
  end: number;
  /** 1-based place among its siblings, and their number. */
  place: number;
  siblings: number;
}

/** Reads the tree from the depths alone: parents precede their children. */
export function linesOf(nodes: readonly ChartNode[]): Line[] {
  const lines: Line[] = [];
  const trail: Line[] = [];
  const close = (line: Line) => {
    line.end = lines.length;
  };
  const shallowest = nodes[0]?.depth ?? 0;
  nodes.forEach((node, index) => {
    const level = node.depth - shallowest + 1;
    while (trail.length > 0 && (trail.at(-1)?.level ?? 0) >= level) {
      const left = trail.pop();
      if (left !== undefined) close(left);
    }
    const parent = trail.at(-1)?.index ?? null;
    const line = { node, index, level, parent, end: index + 1, place: 1, siblings: 1 };
    lines.push(line);
    trail.push(line);
  });
  trail.forEach(close);
  countSiblings(lines);
  return lines;
}

function countSiblings(lines: Line[]): void {
  const families = new Map<number | null, Line[]>();
  for (const line of lines) {
    const family = families.get(line.parent) ?? [];
    family.push(line);
    families.set(line.parent, family);
  }
  for (const family of families.values()) {
    family.forEach((line, at) => {
      line.place = at + 1;
      line.siblings = family.length;
    });
  }
}

export const hasChildren = (line: Line) => line.end > line.index + 1;

export interface Search {
  text: string;
  kind: string | null;
}

/** Lines that match, with every line above them; null when nothing is searched for. */
export function matchingLines(lines: readonly Line[], search: Search): Set<number> | null {
  const text = search.text.trim().toLocaleLowerCase();
  if (text === '' && search.kind === null) return null;
  const kept = new Set<number>();
  for (const line of lines) {
    const { name, code, kind } = line.node.organization;
    const named = `${name} ${code ?? ''}`.toLocaleLowerCase().includes(text);
    if (!named || (search.kind !== null && kind !== search.kind)) continue;
    for (let at: number | null = line.index; at !== null; at = lines[at]?.parent ?? null) {
      kept.add(at);
    }
  }
  return kept;
}

/** A chart of this many lines or fewer opens wholly unfolded. */
const UNFOLDED_AT_MOST = 60;

/** Which lines stand open before the reader touched any: all of a small chart, else the root. */
export function openAtFirst(lines: readonly Line[], line: Line): boolean {
  return line.level === 1 || lines.length <= UNFOLDED_AT_MOST;
}

/** The lines whose every ancestor stands open. */
export function visibleLines(lines: readonly Line[], isOpen: (line: Line) => boolean): Set<number> {
  const visible = new Set<number>();
  for (const line of lines) {
    const parent = line.parent === null ? null : lines[line.parent];
    if (!parent || (visible.has(parent.index) && isOpen(parent))) visible.add(line.index);
  }
  return visible;
}

/** How many lines there are of each kind, in order of first appearance. */
export function kindsOf(lines: readonly Line[]): [kind: string, count: number][] {
  const counts = new Map<string, number>();
  for (const { node } of lines) {
    const { kind } = node.organization;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts];
}
