/** Which entries of the log are shown. The filter is taken when it is sent, not at every keystroke. */
import { useId } from 'preact/hooks';
import type { AuditFilter } from '../registry/answers';
import { useWords } from '../words/language';

interface TextFieldProps {
  name: 'text' | 'actor';
  label: string;
}

function TextField({ name, label }: TextFieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input id={id} name={name} type="text" autocomplete="off" maxLength={300} />
    </div>
  );
}

type Day = 'from' | 'to' | 'effectiveFrom' | 'effectiveTo';

function DayField({ name, label }: { name: Day; label: string }) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input id={id} name={name} type="date" min="1900-01-01" max="9999-12-31" />
    </div>
  );
}

/** The registry's days are those of China, whatever the clock of the reader says. */
function filterOf(form: FormData): AuditFilter {
  const given = (name: string) => String(form.get(name) ?? '').trim();
  return {
    ...(given('text') === '' ? {} : { text: given('text') }),
    ...(given('actor') === '' ? {} : { actor: given('actor') }),
    ...(given('noun') === '' ? {} : { nouns: [given('noun')] }),
    ...(given('from') === '' ? {} : { recordedFrom: `${given('from')}T00:00:00+08:00` }),
    ...(given('to') === '' ? {} : { recordedTo: `${given('to')}T23:59:59.999999+08:00` }),
    ...(given('effectiveFrom') === '' ? {} : { effectiveFrom: given('effectiveFrom') }),
    ...(given('effectiveTo') === '' ? {} : { effectiveTo: given('effectiveTo') }),
    ...(form.get('corrections') === null ? {} : { corrections: true }),
  };
}

export function FilterForm({ onFilter }: { onFilter: (filter: AuditFilter) => void }) {
  const words = useWords().audit;
  const id = useId();
  const take = (event: SubmitEvent) => {
    event.preventDefault();
    onFilter(filterOf(new FormData(event.currentTarget as HTMLFormElement)));
  };
  return (
    <form class="controls" role="search" aria-label={words.filter} onSubmit={take}>
      <TextField name="text" label={words.text} />
      <TextField name="actor" label={words.actor} />
      <div class="field">
        <label for={id}>{words.noun}</label>
        <select id={id} name="noun">
          <option value="">{words.everything}</option>
          {Object.entries(words.nouns).map(([noun, term]) => (
            <option key={noun} value={noun}>
              {term}
            </option>
          ))}
        </select>
      </div>
      <DayField name="from" label={words.recordedFrom} />
      <DayField name="to" label={words.recordedTo} />
      <DayField name="effectiveFrom" label={words.effectiveFrom} />
      <DayField name="effectiveTo" label={words.effectiveTo} />
      <label class="check">
        <input type="checkbox" name="corrections" /> {words.corrections}
      </label>
      <button type="submit" class="primary">
        {words.show}
      </button>
    </form>
  );
}
