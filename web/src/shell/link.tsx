/** A link within the page: a real address, so it can be copied, bookmarked or opened in a new tab. */
import type { ComponentChildren } from 'preact';
import { addressOf, type Place, usePlace } from './place';

interface LinkProps {
  change: Partial<Place>;
  children: ComponentChildren;
  class?: string;
  lang?: string;
  current?: boolean;
}

function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

export function Link({ change, children, current = false, ...rest }: LinkProps) {
  const { place, go } = usePlace();
  const follow = (event: MouseEvent) => {
    if (!isPlainClick(event)) return;
    event.preventDefault();
    go(change);
  };
  return (
    <a
      {...rest}
      href={addressOf({ ...place, ...change })}
      onClick={follow}
      {...(current ? { 'aria-current': 'page' as const } : {})}
    >
      {children}
    </a>
  );
}
