/** The language of the page: Chinese unless the reader chose English. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { ENGLISH } from './english';
import { CHINESE, type Words } from './chinese';

export type Language = 'zh-CN' | 'en';

const KEY = 'kexie.language';

/** The choice is kept per browser, not in the address: a link must not change a colleague's language. */
export function preferredLanguage(): Language {
  return localStorage.getItem(KEY) === 'en' ? 'en' : 'zh-CN';
}

export function keepLanguage(language: Language): void {
  localStorage.setItem(KEY, language);
}

export function wordsOf(language: Language): Words {
  return language === 'en' ? ENGLISH : CHINESE;
}

const LanguageContext = createContext<Language>('zh-CN');
export const LanguageProvider = LanguageContext.Provider;

export function useLanguage(): Language {
  return useContext(LanguageContext);
}

export function useWords(): Words {
  return wordsOf(useLanguage());
}
