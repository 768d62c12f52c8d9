import type { Words } from '../words.ts'

/** What people are told who cannot get in, or who change how they do. */
export const SIGN_IN_WORDS = {
  noAdminKey: [
    'The server has no ADMIN_KEY set; sign in as a user.',
    'На сървъра не е зададен ADMIN_KEY; влезте като потребител.',
    'На сервері не задано ADMIN_KEY; увійдіть як користувач.',
  ],
  tooManyAttempts: [
    'Too many wrong attempts; try again in {seconds} s.',
    'Твърде много грешни опити; опитайте пак след {seconds} с.',
    'Забагато хибних спроб; спробуйте знову за {seconds} с.',
  ],
  needsCredentials: [
    'An e-mail address and a password are needed.',
    'Нужни са имейл адрес и парола.',
    'Потрібні адреса е-пошти й пароль.',
  ],
  needsNameAndEmail: [
    'A name and an e-mail address are needed.',
    'Нужни са име и имейл адрес.',
    'Потрібні ім’я та адреса е-пошти.',
  ],
  weakPassword: [
    'Too easy to guess: use a longer sentence, without your address.',
    'Паролата се отгатва твърде лесно: изберете по-дълго изречение, без адреса си.',
    'Пароль надто легко вгадати: виберіть довше речення, без своєї адреси.',
  ],
  badLink: [
    'This link is not known, was used already, or is over.',
    'Тази връзка е непозната, вече е използвана или е изтекла.',
    'Це посилання невідоме, вже використане або закінчилося.',
  ],
  needsForm: [
    'This takes the form of its page.',
    'Тук се приема само формулярът от страницата.',
    'Тут приймається лише форма зі сторінки.',
  ],

  wrongEmailOrPassword: [
    'The e-mail address or the password is not right.',
    'Имейл адресът или паролата не е вярна.',
    'Адреса е-пошти або пароль неправильні.',
  ],
  notUnderstood: [
    'What was sent does not have the right form.',
    'Изпратеното не е в нужния вид.',
    'Надіслане має неправильний вигляд.',
  ],
  providerSilent: [
    'The identity provider did not say who you are.',
    'Доставчикът на самоличност не потвърди кой сте.',
    'Постачальник ідентифікації не підтвердив, хто ви.',
  ],
  wrongPassword: ['The password is not right.', 'Паролата не е вярна.', 'Пароль неправильний.'],
  notEmail: ['This is no e-mail address.', 'Това не е имейл адрес.', 'Це не адреса е-пошти.'],
  passwordTooShort: ['The password is too short.', 'Паролата е твърде кратка.', 'Пароль закороткий.'],
  passwordTooLong: ['The password is too long.', 'Паролата е твърде дълга.', 'Пароль задовгий.'],
  noPassword: ['This account has no password.', 'Този профил няма парола.', 'Цей обліковий запис не має пароля.'],
  sessionEnded: [
    'The sign-in has ended; sign in again.',
    'Входът е изтекъл; влезте отново.',
    'Вхід завершився; увійдіть знову.',
  ],
  sessionOld: [
    'You signed in too long ago for this; sign in again.',
    'За това трябва да сте влезли наскоро; влезте отново.',
    'Для цього потрібен недавній вхід; увійдіть знову.',
  ],
  cannotSignIn: [
    'This account may not sign in.',
    'Този профил няма право на вход.',
    'Цей обліковий запис не має права входу.',
  ],
  foreignPage: [
    'This was asked from another site’s page.',
    'Заявката идва от страница на друг сайт.',
    'Запит надійшов зі сторінки іншого сайту.',
  ],
  foreignAddress: [
    'After signing in, only a page of this system can follow.',
    'След входа може да се отвори само страница на тази система.',
    'Після входу може відкритися лише сторінка цієї системи.',
  ],
  noProvider: [
    'No such identity provider is set up.',
    'Такъв доставчик на самоличност не е настроен.',
    'Такого постачальника ідентифікації не налаштовано.',
  ],
  notInvited: [
    'Nobody with this e-mail address has been invited.',
    'Никой с този имейл адрес не е поканен.',
    'Нікого з цією адресою е-пошти не запрошено.',
  ],
  noPasskey: ['This passkey is not known.', 'Този ключ за достъп е непознат.', 'Цей ключ доступу невідомий.'],
  passkeyFailed: ['The passkey was not accepted.', 'Ключът за достъп не е приет.', 'Ключ доступу не прийнято.'],
  passkeyKnown: [
    'This passkey is registered already.',
    'Този ключ за достъп вече е регистриран.',
    'Цей ключ доступу вже зареєстровано.',
  ],
  passkeyCancelled: ['It was cancelled.', 'Действието беше прекъснато.', 'Дію скасовано.'],
  challengeOver: [
    'That took too long; try again.',
    'Отне твърде дълго; опитайте пак.',
    'Це тривало задовго; спробуйте знову.',
  ],
  passkeyForbidden: [
    'You may not register this passkey.',
    'Нямате право да регистрирате този ключ за достъп.',
    'Ви не маєте права реєструвати цей ключ доступу.',
  ],
} as const satisfies Words
