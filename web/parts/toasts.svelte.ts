export interface Toast {
  id: number
  text: string
  tone: 'plain' | 'act'
  undo?: () => void
}

const STAYS_MS = 8_000

/** Short answers to what a person has just done; one that can be undone says so, and stays a while longer. */
export function createToasts() {
  let items = $state<Toast[]>([])
  let last = 0
  const dismiss = (id: number): void => {
    items = items.filter((one) => one.id !== id)
  }
  return {
    get items(): readonly Toast[] {
      return items
    },
    say(text: string, options: { tone?: 'plain' | 'act'; undo?: () => void } = {}): void {
      last += 1
      const id = last
      const toast: Toast = { id, text, tone: options.tone ?? 'plain' }
      if (options.undo !== undefined) toast.undo = options.undo
      items = [...items.slice(-2), toast]
      setTimeout(() => dismiss(id), options.undo === undefined ? STAYS_MS : STAYS_MS * 2)
    },
    dismiss,
  }
}

export type Toasts = ReturnType<typeof createToasts>
