/** When the simulated city went to work: registers and odometers count from here, so that a city that is started later starts with higher ones. */
export const COMMISSIONED_MS = Date.parse('2023-09-04T00:00:00Z')
