/** A component and a variable as 2.0.1 addresses them. */
export interface VariableAddress {
  component: { name: string; instance?: string; evse?: { id: number; connectorId?: number } }
  variable: { name: string; instance?: string }
}

/** `SmartChargingCtrlr.Enabled`, `EVSE#1.Power`, `Connector#1/2.Available`, with instances in brackets: `A[b].C[d]`. */
export function variableName(component: VariableAddress['component'], variable: VariableAddress['variable']): string {
  const { evse } = component
  const place = evse === undefined ? '' : `#${evse.id}${evse.connectorId === undefined ? '' : `/${evse.connectorId}`}`
  return `${withInstance(component)}${place}.${withInstance(variable)}`
}

/** The address that a name stands for, or undefined when it is none. */
export function parseVariableName(name: string): VariableAddress | undefined {
  const match = /^([^.[\]#]+)(?:\[([^\]]+)\])?(?:#(\d+)(?:\/(\d+))?)?\.([^.[\]]+)(?:\[([^\]]+)\])?$/.exec(name)
  const [, component, componentInstance, evse, connector, variable, variableInstance] = match ?? []
  if (component === undefined || variable === undefined) return undefined
  return {
    component: {
      name: component,
      ...(componentInstance === undefined ? {} : { instance: componentInstance }),
      ...(evse === undefined
        ? {}
        : { evse: { id: Number(evse), ...(connector === undefined ? {} : { connectorId: Number(connector) }) } }),
    },
    variable: { name: variable, ...(variableInstance === undefined ? {} : { instance: variableInstance }) },
  }
}

function withInstance(named: { name: string; instance?: string }): string {
  return named.instance === undefined ? named.name : `${named.name}[${named.instance}]`
}
