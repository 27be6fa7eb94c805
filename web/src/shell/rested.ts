import { useEffect, useState } from 'preact/hooks';

/** A value as it was when it last rested: what is typed is not asked about at every keystroke. */
export function useRested<T>(value: T, milliseconds: number): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}
