import type { Language } from '../../domain/language.ts'
import { MIN_PASSWORD } from './auth-options.ts'
import type { LinkOutcome } from './one-time-links.ts'

export interface WelcomeWords {
  title: string
  first: string
  name: string
  email: string
  password: string
  choose(name: string, email: string): string
  go: string
  problems: Record<Exclude<LinkOutcome, 'welcome'>, string>
}

/** What the page of a one-time link says. */
export const WELCOME_WORDS: Record<Language, WelcomeWords> = {
  en: {
    title: 'Welcome to Zaryad',
    first: 'You are the first here, so you become the admin: you put in the depot and invite the others.',
    name: 'Name',
    email: 'E-mail address',
    password: `Password, at least ${MIN_PASSWORD} characters`,
    choose: (name, email) => `${name}, choose a password for ${email}.`,
    go: 'Go on',
    problems: {
      badLink: 'This link is not known, was used already, or is over. Ask for a new one.',
      needsNameAndEmail: 'A name and an e-mail address are needed.',
      weakPassword: `The password must have at least ${MIN_PASSWORD} characters, and be neither one character again and again nor your address.`,
      takenEmail: 'Somebody has this e-mail address already.',
    },
  },
  bg: {
    title: 'Добре дошли в Заряд',
    first: 'Вие сте първи тук и ставате администратор: въвеждате депото и каните останалите.',
    name: 'Име',
    email: 'Имейл адрес',
    password: `Парола, поне ${MIN_PASSWORD} знака`,
    choose: (name, email) => `${name}, изберете парола за ${email}.`,
    go: 'Продължи',
    problems: {
      badLink: 'Тази връзка е непозната, вече е използвана или е изтекла. Поискайте нова.',
      needsNameAndEmail: 'Нужни са име и имейл адрес.',
      weakPassword: `Паролата трябва да има поне ${MIN_PASSWORD} знака и да не е един и същ знак отново и отново или адресът ви.`,
      takenEmail: 'Този имейл адрес вече се използва.',
    },
  },
  uk: {
    title: 'Ласкаво просимо до Заряду',
    first: 'Ви тут перші, тож стаєте адміністратором: вносите депо й запрошуєте решту.',
    name: 'Ім’я',
    email: 'Електронна адреса',
    password: `Пароль, щонайменше ${MIN_PASSWORD} знаків`,
    choose: (name, email) => `${name}, оберіть пароль для ${email}.`,
    go: 'Далі',
    problems: {
      badLink: 'Це посилання невідоме, вже використане або прострочене. Попросіть нове.',
      needsNameAndEmail: 'Потрібні ім’я та електронна адреса.',
      weakPassword: `Пароль має містити щонайменше ${MIN_PASSWORD} знаків і не бути одним знаком раз у раз чи вашою адресою.`,
      takenEmail: 'Ця електронна адреса вже зайнята.',
    },
  },
}
