/** The frame of the clerk's page: who is signed in, which language, which view. */
import { useEffect, useState } from 'preact/hooks';
import { AuditView } from '../audit/view';
import { ChangesView } from '../changes/view';
import { ChartView } from '../chart/view';
import { ReportsView } from '../reports/view';
import { RulesView } from '../rules/view';
import { currentToken, forgetToken } from '../registry/token';
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

function CurrentView({ view, ...session }: SessionProps & { view: View }) {
  if (view === 'audit') return <AuditView key={session.session} {...session} />;
  if (view === 'rules') return <RulesView key={session.session} {...session} />;
  if (view === 'reports') return <ReportsView key={session.session} {...session} />;
  if (view === 'changes') return <ChangesView key={session.session} />;
  return <ChartView key={session.session} />;
}

export function App() {
  const navigation = useNavigation();
  const [language, setLanguage] = useState(preferredLanguage);
  const [signedIn, setSignedIn] = useState(() => currentToken() !== null);
  const [session, setSession] = useState(0);
  const [asking, setAsking] = useState(false);
  const words = wordsOf(language);
  const { view } = navigation.place;

  useEffect(() => {
    document.documentElement.lang = language;
    document.title = `${words.views[view]} · ${words.product}`;
  }, [language, view]);

  const settle = (nowSignedIn: boolean) => {
    setAsking(false);
    setSignedIn(nowSignedIn);
    setSession((count) => count + 1);
  };
  const leave = () => {
    forgetToken();
    settle(false);
  };
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
        <Header {...{ signedIn, openSignIn, leave, switchLanguage }} />
        <main id="content" tabIndex={-1}>
          <CurrentView {...{ view, signedIn, session, openSignIn }} />
        </main>
        {asking && <SignInDialog onDone={() => settle(true)} onCancel={() => setAsking(false)} />}
      </PlaceProvider>
    </LanguageProvider>
  );
}
