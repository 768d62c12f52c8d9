import type { Words } from '../words.ts'

/** What is wrong in a fleet file or a tariff beyond the form of its values. */
export const FLEET_WORDS = {
  idLetters: [
    'letters, digits and _ . : - only',
    'само латински букви, цифри и _ . : -',
    'лише латинські літери, цифри та _ . : -',
  ],
  hourAndMinute: ['HH:MM', 'ЧЧ:ММ', 'ГГ:ХХ'],
  notIanaZone: [
    'not an IANA time zone, for example Europe/Sofia',
    'не е часова зона на IANA, например Europe/Sofia',
    'не часовий пояс IANA, наприклад Europe/Sofia',
  ],
  taperAscends: ['SoC must ascend', 'зарядът трябва да нараства', 'заряд має зростати'],
  consumptionAscends: ['temperature must ascend', 'температурата трябва да нараства', 'температура має зростати'],
  twoNodesSameId: [
    'two nodes have the same id',
    'два възела са с един и същ идентификатор',
    'два вузли мають той самий ідентифікатор',
  ],
  oneRootNode: [
    'a site has exactly one node without a parent, not {n}',
    'депото има точно един възел без родител, а тук са {n}',
    'депо має рівно один вузол без батьківського, а тут їх {n}',
  ],
  meanAboveBaseLoad: [
    'a mean is above baseLoadKw, the most that is drawn',
    'средна стойност е над baseLoadKw – най-голямата консумация',
    'середнє значення перевищує baseLoadKw — найбільше споживання',
  ],
  noNode: ['there is no node {id}', 'няма възел {id}', 'немає вузла {id}'],
  nodesInCircle: ['the nodes form a circle', 'възлите са свързани в кръг', 'вузли замкнено в коло'],
  stationTwice: ['station {id} is listed twice', 'станция {id} е посочена два пъти', 'станцію {id} вказано двічі'],
  evseTwice: [
    'EVSE {id} is listed twice',
    'точка за зареждане {id} е посочена два пъти',
    'точку заряджання {id} вказано двічі',
  ],
  bayTwice: ['bay {id} is listed twice', 'място {id} е посочено два пъти', 'місце {id} вказано двічі'],
  stationWithEvse: [
    'stationId and evseId come together',
    'stationId и evseId се посочват заедно',
    'stationId та evseId вказують разом',
  ],
  noEvse: ['there is no EVSE {id}', 'няма точка за зареждане {id}', 'немає точки заряджання {id}'],
  twoSitesSameId: [
    'two sites have the same id',
    'две депа са с един и същ идентификатор',
    'два депо мають той самий ідентифікатор',
  ],
  twoTypesSameId: [
    'two vehicle types have the same id',
    'два типа превозни средства са с един и същ идентификатор',
    'два типи транспорту мають той самий ідентифікатор',
  ],
  twoVehiclesSameId: [
    'two vehicles have the same id',
    'две превозни средства са с един и същ идентификатор',
    'два транспортні засоби мають той самий ідентифікатор',
  ],
  noVehicleType: ['there is no vehicle type {id}', 'няма тип превозно средство {id}', 'немає типу транспорту {id}'],
  noSite: ['there is no site {id}', 'няма депо {id}', 'немає депо {id}'],
  noBay: ['there is no bay {id}', 'няма място {id}', 'немає місця {id}'],
  tokenTwice: ['token {value} is given twice', 'карта {value} е посочена два пъти', 'картку {value} вказано двічі'],
  noVehicle: ['there is no vehicle {id}', 'няма превозно средство {id}', 'немає транспортного засобу {id}'],
} as const satisfies Words
