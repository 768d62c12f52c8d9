import type { InitOptions } from 'highs'
import wasmModule from 'highs/build/highs.wasm'
import { createHighsSolver, type LpSolver } from '../scheduler/plan/solver.ts'

/** The loader's hook for platforms that compile ahead of time; its types leave it out, and the `wasmModule` that they name is not read. */
interface LoaderHook {
  instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void): void
}

/** HiGHS from the module that was compiled when the Worker was uploaded: compiling at run time is not allowed there. */
export function createWorkerSolver(): LpSolver {
  const options: InitOptions & LoaderHook = {
    instantiateWasm: (imports, done) => done(new WebAssembly.Instance(wasmModule, imports)),
  }
  return createHighsSolver({
    async load() {
      const module = await import('highs')
      // The package's types describe its CommonJS form; imported as a module, its default is the loader itself.
      const loadHighs = module.default as unknown as typeof module.default.default
      return loadHighs(options)
    },
  })
}
