/** What approving a proposal would record (审批预览), in words; or why it would be refused. */
import type { UnitName } from '../registry/answers';
import type { Preview } from '../registry/proposals';
import { ChineseText } from '../shell/unit-name';
import { useLanguage, useWords } from '../words/language';
import { hierarchyTerm } from '../words/terms';
import { topicTerm } from '../words/topics';
import { Facts } from './said';

interface ConsequencesProps {
  preview: Preview;
  units: ReadonlyMap<string, UnitName>;
}

export function Consequences({ preview, units }: ConsequencesProps) {
  const words = useWords().proposals;
  const language = useLanguage();
  const { events, dangling, refusal } = preview;
  // That the proposal is approved goes without saying.
  const shown = events.filter(({ topic }) => !topic.startsWith('proposal.'));
  return (
    <div class="consequences">
      {refusal !== null && (
        <div class="problem">
          <p>{words.wouldRefuse}</p>
          <p class="message">{language === 'en' ? refusal.message : refusal.messageZh}</p>
          <p>{language === 'en' ? refusal.advice : refusal.adviceZh}</p>
        </div>
      )}
      {dangling.length > 0 && (
        <>
          <p>{words.dangling(dangling.length)}</p>
          <ul>
            {dangling.map(({ name, source, reference, validFrom }) => (
              <li key={`${source} ${reference} ${validFrom}`}>
                {name === null ? (
                  <span class="id">{source}</span>
                ) : (
                  <ChineseText>{name}</ChineseText>
                )}{' '}
                <span class="aside">{hierarchyTerm(reference, language)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {refusal === null && (
        <>
          <h4>{words.consequences}</h4>
          {shown.length === 0 && <p>{words.nothing}</p>}
          <ol class="events">
            {shown.map((event, index) => (
              <li key={index}>
                <p>
                  <strong>{topicTerm(event.topic, language)}</strong>{' '}
                  {units.has(event.stream) && (
                    <ChineseText>{units.get(event.stream)?.name ?? ''}</ChineseText>
                  )}{' '}
                  <span class="aside">{event.effectiveOn}</span>
                </p>
                <Facts said={event.data} units={units} />
              </li>
            ))}
          </ol>
        </>
      )}
    </div>
  );
}
