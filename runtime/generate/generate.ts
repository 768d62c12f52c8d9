import { generate as generateApiTypes } from './api-types.ts'
import { generate as generateMessages } from './messages.ts'
import { generate as generateOcpp } from './ocpp.ts'

/** Everything that is made by a program and kept out of git. Each step writes whole files, so running it again is harmless. */
const steps: readonly { name: string; generate(): Promise<void> }[] = [
  { name: 'OCPP validators and payload types', generate: generateOcpp },
  { name: 'API document and types', generate: generateApiTypes },
  { name: 'messages of the pages', generate: generateMessages },
]

for (const step of steps) {
  const startedAt = performance.now()
  await step.generate()
  console.log(`generated ${step.name} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
}
