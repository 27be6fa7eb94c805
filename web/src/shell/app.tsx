/** The frame of the clerk's page: who is signed in, which language, which view. */
import { useEffect, useState } from 'preact/hooks';
import { AuditView } from '../audit/view';
import { ChangesView } from '../changes/view';
import { ChartView } from '../chart/view';
import { ImportView } from '../imports/view';
import { type ImportWork, useImportWork } from '../imports/work';
import { ProposalsView } from '../proposals/view';
import { ReportsView } from '../reports/view';
import { RulesView } from '../rules/view';
import { leaveSession, readSession, type Session, type SignedIn } from '../registry/session';
import { currentToken, forgetToken, isSignedIn } from '../registry/token';
import { keepLanguage, LanguageProvider, preferredLanguage, wordsOf } from '../words/language';
import { Header } from './header';
import { PlaceProvider, useNavigation, type View } from './place';
import { SignInDialog } from './sign-in';

interface SessionProps {
  signedIn: boolean;
  /** Counts sign-ins and sign-outs: what was read under other rights is read again. */
  session: number;
  openSignIn: () => void;
}

interface ViewProps extends SessionProps {
  view: View;
  /** Who signed in with the provider; a token does not say whose it is. */
  who: SignedIn | null;
  work: ImportWork;
}

function CurrentView({ view, ...session }: ViewProps) {
  if (view === 'audit') return <AuditView key={session.session} {...session} />;
  if (view === 'rules') return <RulesView key={session.session} {...session} />;
  if (view === 'reports') return <ReportsView key={session.session} {...session} />;
  if (view === 'changes') return <ChangesView key={session.session} />;
  if (view === 'proposals') return <ProposalsView key={session.session} {...session} />;
  if (view === 'import') return <ImportView key={session.session} {...session} />;
  return <ChartView key={session.session} openSignIn={session.openSignIn} />;
}

export function App() {
  const navigation = useNavigation();
  const [language, setLanguage] = useState(preferredLanguage);
  const [signedIn, setSignedIn] = useState(isSignedIn);
  const [found, setFound] = useState<Session | null>(null);
  const [session, setSession] = useState(0);
  const [asking, setAsking] = useState(false);
  const work = useImportWork(session);
  const words = wordsOf(language);
  const { view } = navigation.place;

  useEffect(() => {
    document.documentElement.lang = language;
    document.title = `${words.views[view]} · ${words.product}`;
  }, [language, view]);

  useEffect(() => {
    const controller = new AbortController();
    readSession(controller.signal).then(
      (session) => {
        setFound(session);
        // A pasted token counts before the session, as it does at the server.
        if (session.signedIn !== null && currentToken() === null) settle(true);
      },
      () => undefined,
    );
    return () => controller.abort();
  }, []);

  const settle = (nowSignedIn: boolean) => {
    setSignedIn(nowSignedIn);
    setSession((count) => count + 1);
  };
  const leave = () => {
    forgetToken();
    if (isSignedIn()) leaveSession().catch(() => location.reload());
    else settle(false);
  };
  const who = currentToken() === null ? (found?.signedIn ?? null) : null;
  const switchLanguage = () => {
    const other = language === 'en' ? 'zh-CN' : 'en';
    keepLanguage(other);
    setLanguage(other);
  };
  const openSignIn = () => setAsking(true);

  return (
    <LanguageProvider value={language}>
      <PlaceProvider value={navigation}>
        <a class="skip" href="#content">
          {words.skip}
        </a>
        <Header {...{ signedIn, who, openSignIn, leave, switchLanguage }} />
        <main id="content" tabIndex={-1}>
          <CurrentView {...{ view, signedIn, session, openSignIn, who, work }} />
        </main>
        {asking && (
          <SignInDialog
            offered={found?.offered ?? false}
            onDone={() => {
              setAsking(false);
              settle(true);
            }}
            onCancel={() => setAsking(false)}
          />
        )}
      </PlaceProvider>
    </LanguageProvider>
  );
}
