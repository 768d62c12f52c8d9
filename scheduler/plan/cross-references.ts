import type { PlanInstance } from './instance-fields.ts'

/** Something in an instance that no single field's type can check, and where it is. */
export interface InstanceProblem {
  path: (string | number)[]
  message: string
}

/** Everything about `instance` that is wrong between its fields: lengths, references, circles, order. Empty when it can be planned. */
export function crossReferenceProblems(instance: PlanInstance): InstanceProblem[] {
  return [
    ...seriesProblems(instance),
    ...nodeProblems(instance),
    ...pointProblems(instance),
    ...vehicleProblems(instance),
  ]
}

function seriesProblems(instance: PlanInstance): InstanceProblem[] {
  const problems: InstanceProblem[] = []
  const check = (path: (string | number)[], series: number | number[] | undefined): void => {
    if (Array.isArray(series) && series.length !== instance.slots)
      problems.push({ path, message: `has ${series.length} values, but there are ${instance.slots} slots` })
  }
  check(['price'], instance.price)
  check(['carbon'], instance.carbon)
  check(['feedInEurPerKwh'], instance.feedInEurPerKwh)
  instance.nodes.forEach((node, n) => {
    check(['nodes', n, 'limitKw'], node.limitKw)
    check(['nodes', n, 'baseLoadKw'], node.baseLoadKw)
  })
  instance.pv?.forEach((pv, p) => check(['pv', p, 'kw'], pv.kw))
  return problems
}

function nodeProblems(instance: PlanInstance): InstanceProblem[] {
  const problems = duplicates('nodes', instance.nodes)
  const parents = new Map(instance.nodes.map((node) => [node.id, node.parent]))
  const roots = instance.nodes.filter((node) => node.parent === null)
  if (roots.length !== 1)
    problems.push({
      path: ['nodes'],
      message: `exactly one node has no parent (the grid connection), not ${roots.length}`,
    })
  instance.nodes.forEach((node, n) => {
    if (node.parent !== null && !parents.has(node.parent))
      problems.push({ path: ['nodes', n, 'parent'], message: `there is no node ${node.parent}` })
    let above = node.parent
    for (let steps = 0; above !== null; steps += 1) {
      if (above === node.id || steps > instance.nodes.length) {
        problems.push({ path: ['nodes', n, 'parent'], message: 'the nodes form a circle' })
        break
      }
      above = parents.get(above) ?? null
    }
  })
  for (const kind of ['storage', 'pv'] as const) {
    instance[kind]?.forEach((one, i) => {
      if (!parents.has(one.node)) problems.push({ path: [kind, i, 'node'], message: `there is no node ${one.node}` })
    })
  }
  return problems
}

function pointProblems(instance: PlanInstance): InstanceProblem[] {
  const problems = duplicates('points', instance.points)
  const nodeIds = new Set(instance.nodes.map((node) => node.id))
  instance.points.forEach((point, p) => {
    if (!nodeIds.has(point.node))
      problems.push({ path: ['points', p, 'node'], message: `there is no node ${point.node}` })
    if ((point.minKw ?? 0) > point.maxKw) problems.push({ path: ['points', p, 'minKw'], message: 'is more than maxKw' })
    if (point.group === undefined && (point.groupMaxKw !== undefined || point.groupMaxActive !== undefined))
      problems.push({ path: ['points', p, 'group'], message: 'is missing, but groupMaxKw or groupMaxActive is given' })
  })
  return problems
}

function vehicleProblems(instance: PlanInstance): InstanceProblem[] {
  const problems = duplicates('vehicles', instance.vehicles)
  const pointIds = new Set(instance.points.map((point) => point.id))
  instance.vehicles.forEach((vehicle, v) => {
    const at = (...rest: (string | number)[]): (string | number)[] => ['vehicles', v, ...rest]
    if (vehicle.energyKwh > vehicle.capacityKwh)
      problems.push({ path: at('energyKwh'), message: `is more than the capacity of ${vehicle.capacityKwh} kWh` })
    if ((vehicle.minSoc ?? 0) > (vehicle.maxSoc ?? 1))
      problems.push({ path: at('minSoc'), message: 'is more than maxSoc' })
    vehicle.taper?.forEach((one, i) => {
      const before = vehicle.taper?.[i - 1]
      if (before !== undefined && one[0] <= before[0])
        problems.push({ path: at('taper', i), message: 'the SoC of a taper curve must ascend' })
    })
    let previousDepart = Number.NEGATIVE_INFINITY
    vehicle.visits.forEach((visit, k) => {
      const arrive = Date.parse(visit.arrive)
      const depart = Date.parse(visit.depart)
      if (depart <= arrive) problems.push({ path: at('visits', k, 'depart'), message: 'is not after arrive' })
      if (arrive < previousDepart)
        problems.push({ path: at('visits', k, 'arrive'), message: 'is before the previous visit has ended' })
      previousDepart = Math.max(previousDepart, depart)
      if (visit.point !== null && !pointIds.has(visit.point))
        problems.push({ path: at('visits', k, 'point'), message: `there is no point ${visit.point}` })
    })
  })
  return problems
}

function duplicates(kind: 'nodes' | 'points' | 'vehicles', things: readonly { id: string }[]): InstanceProblem[] {
  const seen = new Set<string>()
  return things.flatMap((thing, i) => {
    if (seen.has(thing.id)) return [{ path: [kind, i, 'id'], message: `${thing.id} is listed twice` }]
    seen.add(thing.id)
    return []
  })
}
