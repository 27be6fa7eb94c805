/** The keyboard of a tree, after the ARIA authoring practices. Pure. */
import { hasChildren, type Line } from './tree';

export type TreeAct =
  | { act: 'focus'; index: number }
  | { act: 'open' | 'close' | 'choose'; index: number };

function rightward(line: Line, open: boolean): TreeAct | null {
  if (!hasChildren(line)) return null;
  return open ? { act: 'focus', index: line.index + 1 } : { act: 'open', index: line.index };
}

function leftward(line: Line, open: boolean): TreeAct | null {
  if (open && hasChildren(line)) return { act: 'close', index: line.index };
  return line.parent === null ? null : { act: 'focus', index: line.parent };
}

/** What a key does on a line, among the lines now shown (in order); null when it does nothing. */
export function actOfKey(
  key: string,
  line: Line,
  shown: readonly number[],
  open: boolean,
): TreeAct | null {
  const at = shown.indexOf(line.index);
  const focus = (index: number | undefined): TreeAct | null =>
    index === undefined ? null : { act: 'focus', index };
  switch (key) {
    case 'ArrowDown':
      return focus(shown[at + 1]);
    case 'ArrowUp':
      return focus(shown[at - 1]);
    case 'Home':
      return focus(shown[0]);
    case 'End':
      return focus(shown.at(-1));
    case 'ArrowRight':
      return rightward(line, open);
    case 'ArrowLeft':
      return leftward(line, open);
    case 'Enter':
    case ' ':
      return { act: 'choose', index: line.index };
    default:
      return null;
  }
}
