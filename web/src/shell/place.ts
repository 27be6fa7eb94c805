/** Where the reader is. The address carries all of it, so a link shows the same to others. */
import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { CivilDate, Moment } from '../registry/answers';

export const VIEWS = [
  'chart',
  'changes',
  'rules',
  'reports',
  'audit',
  'proposals',
  'import',
] as const;
export type View = (typeof VIEWS)[number];

/** Views that whoever is not signed in has no use for: they stand in the navigation after signing in. */
export const DESK_VIEWS: ReadonlySet<View> = new Set<View>(['proposals', 'import']);

/** `units`: the association's own units; `system`: districts and societies as well. */
export const SCOPES = ['units', 'system'] as const;
export type Scope = (typeof SCOPES)[number];

export interface Place {
  view: View;
  scope: Scope;
  /** The day that is shown; null is the registry's today. */
  asOf: CivilDate | null;
  /** The belief that is shown; null is the latest. */
  knownAt: Moment | null;
  unit: string | null;
  /** The report that is shown, by the name that the API gives it. */
  report: string | null;
  from: CivilDate | null;
  to: CivilDate | null;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$/;
const REPORT = /^[a-z]{1,30}$/;
const LONGEST_ID = 200;

function matching(text: string | null, shape: RegExp): string | null {
  return text !== null && shape.test(text) ? text : null;
}

function member<T extends string>(text: string | null, choices: readonly T[], otherwise: T): T {
  return choices.find((choice) => choice === text) ?? otherwise;
}

/** Reads an address; what is not understood counts as absent. */
export function placeOf(search: string): Place {
  const parameters = new URLSearchParams(search);
  const unit = parameters.get('unit');
  return {
    view: member(parameters.get('view'), VIEWS, 'chart'),
    scope: member(parameters.get('scope'), SCOPES, 'units'),
    asOf: matching(parameters.get('asOf'), DATE),
    // A plus sign typed by hand arrives as a space.
    knownAt: matching(parameters.get('knownAt')?.replace(' ', '+') ?? null, MOMENT),
    unit: unit !== null && unit !== '' && unit.length <= LONGEST_ID ? unit : null,
    report: matching(parameters.get('report'), REPORT),
    from: matching(parameters.get('from'), DATE),
    to: matching(parameters.get('to'), DATE),
  };
}

/** Writes an address: the shortest that reads back as the same place. */
export function addressOf(place: Place): string {
  const parameters = new URLSearchParams();
  if (place.view !== 'chart') parameters.set('view', place.view);
  if (place.scope !== 'units') parameters.set('scope', place.scope);
  for (const key of ['asOf', 'knownAt', 'unit', 'report', 'from', 'to'] as const) {
    const value = place[key];
    if (value !== null) parameters.set(key, value);
  }
  const query = parameters.toString();
  return query === '' ? '/' : `/?${query}`;
}

export interface Navigation {
  place: Place;
  go: (change: Partial<Place>) => void;
}

/** Keeps the address and the page in step, back and forward buttons included. */
export function useNavigation(): Navigation {
  const [place, setPlace] = useState(() => placeOf(location.search));
  useEffect(() => {
    const follow = () => setPlace(placeOf(location.search));
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }, []);
  const go = (change: Partial<Place>) => {
    const next = { ...placeOf(location.search), ...change };
    if (addressOf(next) !== location.pathname + location.search) {
      history.pushState(null, '', addressOf(next));
    }
    setPlace(next);
  };
  return { place, go };
}

const PlaceContext = createContext<Navigation | null>(null);
export const PlaceProvider = PlaceContext.Provider;

export function usePlace(): Navigation {
  const navigation = useContext(PlaceContext);
  if (navigation === null) throw new Error('usePlace outside of PlaceProvider');
  return navigation;
}
