/** Which file, and how it is to be read. */
import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { REGISTERS } from '../exports/ask';
import { useWords } from '../words/language';
import type { Chosen } from './send';

interface TextFieldProps {
  name: string;
  label: string;
  hint: string;
  value?: string;
}

function TextField({ name, label, hint, value = '' }: TextFieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        name={name}
        type="text"
        autocomplete="off"
        maxLength={100}
        defaultValue={value}
        aria-describedby={`${id}-hint`}
      />
      <span id={`${id}-hint`} class="aside">
        {hint}
      </span>
    </div>
  );
}

function KindField() {
  const words = useWords();
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{words.imports.kind}</label>
      <select id={id} name="kind" aria-describedby={`${id}-hint`}>
        <option value="">{words.imports.kindByName}</option>
        {REGISTERS.map(({ kind }) => (
          <option key={kind} value={kind}>
            {words.exports.registers[kind]}
          </option>
        ))}
      </select>
      <span id={`${id}-hint`} class="aside">
        {words.imports.kindHint}
      </span>
    </div>
  );
}

interface FormProps {
  busy: boolean;
  onTry: (chosen: Chosen) => void;
  /** Hears that what was tried is no longer what is asked for. */
  onChange: () => void;
  /** Stands beside the button: how far the trial is. */
  children: ComponentChildren;
}

export function FileForm({ busy, onTry, onChange, children }: FormProps) {
  const words = useWords().imports;
  const id = useId();
  const [missing, setMissing] = useState(false);
  const [name, setName] = useState('');
  const take = (event: SubmitEvent) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget as HTMLFormElement);
    const file = given.get('file');
    const text = (name: string) => String(given.get(name) ?? '').trim();
    const absent = !(file instanceof File) || file.name === '';
    setMissing(absent);
    if (absent) return;
    const options = {
      kind: text('kind'),
      effectiveOn: text('effectiveOn'),
      source: text('source'),
      skipErrors: given.has('skipErrors'),
    };
    onTry({ file, options });
  };
  return (
    <form
      class="import-form"
      aria-label={words.choose}
      noValidate
      onSubmit={take}
      onInput={onChange}
    >
      <div class="field">
        <label for={id}>{words.file}</label>
        <div class="file-choice">
          <input
            id={id}
            name="file"
            type="file"
            accept=".xlsx,.csv,.tsv,.jsonl"
            required
            aria-invalid={missing}
            aria-describedby={`${id}-hint ${id}-missing`}
            onInput={({ currentTarget }) => {
              setMissing(false);
              setName(currentTarget.files?.[0]?.name ?? '');
            }}
          />
          {/* The browser's own button speaks the language of the browser; this one lies under it. */}
          <span class="file-face" aria-hidden="true">
            <span class="file-button">{words.chooseFile}</span>
            <span class="file-name">{name === '' ? words.noFile : name}</span>
          </span>
        </div>
        <span id={`${id}-hint`} class="aside">
          {words.fileHint}
        </span>
      </div>
      <details class="options">
        <summary>{words.more}</summary>
        <div class="option-fields">
          <KindField />
          <TextField name="effectiveOn" label={words.day} hint={words.dayHint} />
          <TextField name="source" label={words.source} hint={words.sourceHint} />
          <label class="check">
            <input type="checkbox" name="skipErrors" /> {words.skip}
          </label>
        </div>
      </details>
      <p id={`${id}-missing`} class="malformed" role="alert">
        {missing ? words.tooEarly : ''}
      </p>
      <div class="run">
        <button type="submit" class="primary" disabled={busy}>
          {words.dryRun}
        </button>
        {children}
      </div>
    </form>
  );
}
