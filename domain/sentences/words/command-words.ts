import type { Words } from '../words.ts'

/** Why a command never left for a station. */
export const COMMAND_WORDS = {
  noSuchAction: [
    '{protocol} has no {action}.',
    '{protocol} няма действие {action}.',
    '{protocol} не має дії {action}.',
  ],
  payloadUnfit: [
    '{action}: {violation}.',
    'Съдържанието на {action} не отговаря на схемата: {violation}.',
    'Вміст {action} не відповідає схемі: {violation}.',
  ],
  wholeResetOnly: [
    'OCPP 1.6 resets the whole station only.',
    'В OCPP 1.6 се рестартира само цялата станция.',
    'В OCPP 1.6 перезапускається лише вся станція.',
  ],
  notVariable: [
    '{name} is not Component.Variable.',
    '{name} не е във вида Component.Variable.',
    '{name} не має вигляду Component.Variable.',
  ],
  nothingToSet: ['There is nothing to set.', 'Няма какво да се зададе.', 'Немає чого задавати.'],
  variablesUnnamed: [
    'OCPP 2.0.1 wants the variables named.',
    'В OCPP 2.0.1 променливите трябва да се назоват.',
    'В OCPP 2.0.1 змінні треба назвати.',
  ],
  scheduleEmpty: [
    'A charging schedule has at least one period.',
    'Профилът на зареждане трябва да има поне един период.',
    'Профіль заряджання має містити щонайменше один період.',
  ],
  notTransaction16: [
    '{id} is not a transaction id of OCPP 1.6.',
    '{id} не е номер на зареждане в OCPP 1.6.',
    '{id} не є номером заряджання в OCPP 1.6.',
  ],
} as const satisfies Words
