/** The box to export a register by (导出), at the day and the belief that the page shows. */
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { refusalIn } from '../registry/answer';
import type { NamedFile, Refusal } from '../registry/request';
import { isSignedIn } from '../registry/token';
import { handOver } from '../shell/hand-over';
import { usePlace } from '../shell/place';
import { Refused } from '../shell/refused';
import { columnTerm } from '../words/columns';
import { writeMoment } from '../words/dates';
import { useLanguage, useWords } from '../words/language';
import { fetchRegister, FORMATS, type Format, type Kind, REGISTERS, type Shown } from './ask';

interface ChoiceProps<T extends string> {
  legend: string;
  name: string;
  choices: readonly (readonly [value: T, label: string])[];
  value: T;
  onChange: (value: T) => void;
}

function Choice<T extends string>({ legend, name, choices, value, onChange }: ChoiceProps<T>) {
  return (
    <fieldset class="scopes">
      <legend>{legend}</legend>
      {choices.map(([each, label]) => (
        <label key={each}>
          <input
            type="radio"
            name={name}
            checked={value === each}
            onChange={() => onChange(each)}
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}

function RegisterField({ value, onChange }: { value: Kind; onChange: (kind: Kind) => void }) {
  const words = useWords().exports;
  const id = useId();
  const signedIn = isSignedIn();
  return (
    <div class="field">
      <label for={id}>{words.register}</label>
      <select
        id={id}
        name="register"
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value as Kind)}
      >
        {REGISTERS.map(({ kind, staff }) => (
          <option key={kind} value={kind}>
            {staff === true && !signedIn
              ? words.staffOnly(words.registers[kind])
              : words.registers[kind]}
          </option>
        ))}
      </select>
    </div>
  );
}

/** What was handed over, of what day and belief it is, and what is not in it. */
function Done({ file, position }: { file: NamedFile; position: number }) {
  const words = useWords().exports;
  const language = useLanguage();
  const told = (name: string) => file.headers.get(`kexie-${name}`) ?? '';
  const withheld = told('withheld').split(',').filter(Boolean);
  const columns = withheld.map((column) => columnTerm(column, language)).join(words.comma);
  return (
    <div class="done">
      <p>{words.done(file.name, told('rows'))}</p>
      <p>{words.origin(told('as-of'), writeMoment(told('known-at')), told('position'))}</p>
      {Number(told('position')) > position && <p>{words.moved}</p>}
      <p class={withheld.length > 0 ? 'withheld' : ''}>
        {withheld.length > 0 ? words.withheld(columns) : words.complete}
      </p>
    </div>
  );
}

interface DialogProps {
  shown: Shown;
  /** The name of the chosen unit, where the page knows it. */
  unitName: string | null;
  onClose: () => void;
  openSignIn: () => void;
}

function ExportDialog({ shown, unitName, onClose, openSignIn }: DialogProps) {
  const words = useWords();
  const language = useLanguage();
  const { unit, knownAt } = usePlace().place;
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const controller = useRef<AbortController | null>(null);
  const [kind, setKind] = useState<Kind>('organizations');
  const [format, setFormat] = useState<Format>('xlsx');
  const [range, setRange] = useState<'whole' | 'below'>('whole');
  const [file, setFile] = useState<NamedFile | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [fetching, setFetching] = useState(false);
  // A modal dialog keeps the focus inside and gives it back when it closes.
  useEffect(() => {
    dialog.current?.showModal();
    return () => {
      controller.current?.abort();
      dialog.current?.close();
    };
  }, []);
  const changed =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      setFile(null);
      setRefusal(null);
      set(value);
    };
  const download = async () => {
    const { signal } = (controller.current = new AbortController());
    const root = range === 'below' ? unit : null;
    setFetching(true);
    setFile(null);
    setRefusal(null);
    try {
      const found = await fetchRegister(
        { kind, format, root, shown, chosen: knownAt, language },
        signal,
      );
      handOver(found);
      setFile(found);
    } catch (error) {
      if (!signal.aborted) setRefusal(refusalIn(error));
    }
    if (!signal.aborted) setFetching(false);
  };
  const belief =
    knownAt === null ? words.exports.latest : words.time.known(writeMoment(shown.knownAt));
  return (
    <dialog ref={dialog} class="box export" aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{words.exports.heading}</h2>
      <p>{words.exports.of(shown.asOf, belief)}</p>
      <RegisterField value={kind} onChange={changed(setKind)} />
      {unit !== null && (
        <Choice
          legend={words.exports.range}
          name="range"
          choices={[
            ['whole', words.exports.whole],
            ['below', words.exports.below(unitName ?? words.exports.chosen)],
          ]}
          value={range}
          onChange={changed(setRange)}
        />
      )}
      <Choice
        legend={words.exports.format}
        name="format"
        choices={FORMATS.map((each) => [each, words.exports.formats[each]] as const)}
        value={format}
        onChange={changed(setFormat)}
      />
      <p class="aside">{words.exports.note}</p>
      <div class="outcome-of-export" role="status" aria-busy={fetching}>
        {file !== null && <Done file={file} position={shown.position} />}
        {refusal !== null && (
          <Refused
            refusal={refusal}
            retry={download}
            openSignIn={() => {
              onClose();
              openSignIn();
            }}
          />
        )}
      </div>
      <div class="buttons">
        <button type="button" class="primary" disabled={fetching} onClick={download}>
          {fetching ? words.exports.downloading : words.exports.download}
        </button>
        <button type="button" onClick={onClose}>
          {words.exports.close}
        </button>
      </div>
    </dialog>
  );
}

interface ExportProps {
  /** Null while the page does not show anything that could be exported. */
  shown: Shown | null;
  unitName: string | null;
  openSignIn: () => void;
}

export function ExportButton({ shown, unitName, openSignIn }: ExportProps) {
  const words = useWords().exports;
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        class="export-button"
        aria-haspopup="dialog"
        disabled={shown === null}
        onClick={() => setOpen(true)}
      >
        {words.open}
      </button>
      {open && shown !== null && (
        <ExportDialog {...{ shown, unitName, openSignIn }} onClose={() => setOpen(false)} />
      )}
    </>
  );
}
