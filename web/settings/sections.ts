import type { Component } from 'svelte'
import { m } from '../parts/messages.ts'

export interface Section {
  /** In the address: /settings/people. */
  id: string
  label: () => string
  /** The operation without which it makes no sense. */
  needs: string
  /** It is about a depot: before there is one, it says how to begin. */
  ofSite?: true
  /** Only those who are here with an account of their own find it in the menu. */
  forPeople?: true
  load: () => Promise<{ default: Component }>
}

/** The parts of the settings, in the order of their menu. */
export const SECTIONS: readonly Section[] = [
  {
    id: 'site',
    label: m.settings_site,
    needs: 'changeSite',
    ofSite: true,
    load: () => import('./SiteSection.svelte'),
  },
  {
    id: 'tariffs',
    label: m.settings_tariffs,
    needs: 'listTariffs',
    ofSite: true,
    load: () => import('./TariffSection.svelte'),
  },
  {
    id: 'carbon',
    label: m.settings_carbon,
    needs: 'listCarbonFactors',
    ofSite: true,
    load: () => import('./CarbonFactorSection.svelte'),
  },
  {
    id: 'vehicle-types',
    label: m.settings_types,
    needs: 'listVehicleTypes',
    load: () => import('./VehicleTypeSection.svelte'),
  },
  { id: 'import', label: m.settings_import, needs: 'addImport', load: () => import('./ImportSection.svelte') },
  { id: 'feeds', label: m.settings_feeds, needs: 'putFeedAttribution', load: () => import('./FeedSection.svelte') },
  { id: 'people', label: m.settings_people, needs: 'listUsers', load: () => import('./PeopleSection.svelte') },
  { id: 'keys', label: m.settings_keys, needs: 'listKeys', load: () => import('./KeySection.svelte') },
  { id: 'webhooks', label: m.settings_webhooks, needs: 'listWebhooks', load: () => import('./WebhookSection.svelte') },
  { id: 'audit', label: m.settings_audit, needs: 'listAudit', load: () => import('./AuditSection.svelte') },
  {
    id: 'account',
    label: m.account_title,
    needs: 'getMe',
    forPeople: true,
    load: () => import('./account/AccountSection.svelte'),
  },
]
