import type { Words } from '../words.ts'

/** What cannot be used of a market's document. Most stand in the middle of a sentence. */
export const MARKET_WORDS = {
  documentTooLarge: ['the document is too large', 'документът е твърде голям', 'документ завеликий'],
  documentDeclares: [
    'the document declares a type or entities of its own',
    'документът обявява свой тип или свои единици (DOCTYPE, ENTITY)',
    'документ оголошує власний тип або сутності (DOCTYPE, ENTITY)',
  ],
  noXml: ['it is no XML', 'не е XML', 'це не XML'],
  noXmlFrom: ['it is no XML, from line {line} on', 'не е XML от ред {line} нататък', 'це не XML від рядка {line}'],
  otherDocument: [
    'it is a {name}, not a market document',
    'това е {name}, а не пазарен документ',
    'це {name}, а не ринковий документ',
  ],
  emptyDocument: [
    'it is a nothing, not a market document',
    'документът е празен, а не пазарен',
    'документ порожній, а не ринковий',
  ],
  periodsTooLong: ['its periods are too long', 'периодите му са твърде дълги', 'його періоди задовгі'],
  noReasonGiven: ['no reason was given', 'не е посочена причина', 'причини не вказано'],
  periodSteps: [
    'a period in steps of {resolution} is left out',
    'пропуснат е период на стъпки от {resolution}',
    'пропущено період із кроком {resolution}',
  ],
  periodSpan: [
    'a period from {from} to {to} is left out',
    'пропуснат е период от {from} до {to}',
    'пропущено період від {from} до {to}',
  ],
  positionOutside: [
    'position {position} of {slots} in the period from {from}',
    'позиция {position} от {slots} в периода от {from}',
    'позиція {position} із {slots} у періоді від {from}',
  ],
  noNumberAt: [
    '"{value}" is no number, at position {position} in the period from {from}',
    '„{value}“ не е число, на позиция {position} в периода от {from}',
    '«{value}» не є числом, на позиції {position} у періоді від {from}',
  ],
  positionTwice: [
    'position {position} is there twice with different values in the period from {from}',
    'позиция {position} се среща два пъти с различни стойности в периода от {from}',
    'позиція {position} трапляється двічі з різними значеннями в періоді від {from}',
  ],
  pricePerMwh: [
    'a price of {value} per MWh, which cannot be meant',
    'цена {value} за MWh, която не е възможна',
    'ціна {value} за МВт·год, яка неможлива',
  ],
  levaAfterEuro: [
    'prices in BGN of a time when Bulgaria had the euro',
    'цени в BGN за време, когато България вече е с еврото',
    'ціни в BGN за час, коли Болгарія вже мала євро',
  ],
  seriesAgreement: [
    'a series of market agreement {agreement}, not day-ahead',
    'серия по пазарно споразумение {agreement}, не за ден напред',
    'серія за ринковою угодою {agreement}, не на добу наперед',
  ],
  seriesOfZone: ['a series of zone {zone}', 'серия за зона {zone}', 'серія зони {zone}'],
  seriesOfUnknownZone: ['a series of zone unknown', 'серия за неизвестна зона', 'серія невідомої зони'],
  pricesInCurrency: [
    'prices in {currency}, which are not converted',
    'цени в {currency}, които не се превалутират',
    'ціни в {currency}, які не перераховуються',
  ],
  pricesInNoCurrency: [
    'prices in no currency, which are not converted',
    'цени без посочена валута, които не се превалутират',
    'ціни без зазначеної валюти, які не перераховуються',
  ],
  pricesPerUnit: ['prices per {unit}, not per MWH', 'цени за {unit}, а не за MWH', 'ціни за {unit}, а не за MWH'],
  pricesPerNoUnit: [
    'prices per no unit, not per MWH',
    'цени без посочена единица, а не за MWH',
    'ціни без зазначеної одиниці, а не за MWH',
  ],
  pumpsNotCounted: [
    'consumption of pumps and of power stations is not counted',
    'потреблението на помпите и на самите централи не се брои',
    'споживання насосів і самих електростанцій не враховується',
  ],
  generationInUnit: [
    'generation in {unit}, not in MAW',
    'производство в {unit}, а не в MAW',
    'виробництво в {unit}, а не в MAW',
  ],
  generationInNoUnit: [
    'generation in no unit, not in MAW',
    'производство без посочена единица, а не в MAW',
    'виробництво без зазначеної одиниці, а не в MAW',
  ],
} as const satisfies Words
