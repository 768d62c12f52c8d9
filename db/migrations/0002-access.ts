import { sql, type Kysely } from 'kysely'

/**
 * Who may do what, and who changed what. The tables `auth_…` are better-auth's, in our spelling (`fleet-api/auth/auth-options.ts`
 * says which column is which of its fields), but for `auth_link` and `auth_attempt`.
 *
 * Changes are written down by triggers, in the transaction of the change, for whoever is named in the transaction's setting `zaryad.actor`
 * (`db/acting.ts`). Without one, as in jobs and for chargers, nothing is written. A later migration puts a table under audit with
 * `select audit_changes('table', 'what it is', array['key columns'], array['columns whose values are secret'])`.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // ---- people ----
  `create table auth_user (
     id text primary key, name text not null, email text not null unique, email_verified boolean not null default false, image text,
     role text not null default 'viewer' check (role in ('admin','manager','driver','energy','viewer')),
     site_id text references site on delete set null, vehicle_id text references vehicle on delete set null, disabled boolean not null default false,
     created_at timestamptz not null, updated_at timestamptz not null)`,
  `create table auth_session (
     id text primary key, user_id text not null references auth_user on delete cascade, token text not null unique, expires_at timestamptz not null,
     ip_address text, user_agent text, created_at timestamptz not null, updated_at timestamptz not null)`,
  `create index auth_session_user on auth_session (user_id)`,
  `create table auth_account (
     id text primary key, user_id text not null references auth_user on delete cascade, account_id text not null, provider_id text not null,
     access_token text, refresh_token text, id_token text, access_token_expires_at timestamptz, refresh_token_expires_at timestamptz, scope text,
     password text, created_at timestamptz not null, updated_at timestamptz not null, unique (provider_id, account_id))`,
  `create index auth_account_user on auth_account (user_id)`,
  `create table auth_verification (
     id text primary key, identifier text not null, value text not null, expires_at timestamptz not null,
     created_at timestamptz not null, updated_at timestamptz not null)`,
  `create index auth_verification_identifier on auth_verification (identifier)`,
  `create table auth_passkey (
     id text primary key, user_id text not null references auth_user on delete cascade, name text, public_key text not null, credential_id text not null unique,
     counter bigint not null, device_type text not null, backed_up boolean not null, transports text, aaguid text, created_at timestamptz)`,
  `create index auth_passkey_user on auth_passkey (user_id)`,
  `create table auth_api_key (
     id text primary key, config_id text not null default 'default', reference_id text not null, name text, start text, prefix text,
     key text not null unique, refill_interval integer, refill_amount integer, last_refill_at timestamptz, enabled boolean not null default true,
     rate_limit_enabled boolean not null default false, rate_limit_time_window bigint, rate_limit_max integer, request_count integer not null default 0,
     remaining integer, last_request timestamptz, expires_at timestamptz, permissions text, metadata text,
     created_at timestamptz not null, updated_at timestamptz not null)`,
  `create index auth_api_key_user on auth_api_key (reference_id)`,
  `create table auth_rate_limit (id text primary key, key text not null unique, count integer not null, last_request bigint not null)`,
  // One-time links: the first admin's, invitations, new passwords. Only the hash of what is in the link.
  `create table auth_link (
     token_hash text primary key, kind text not null check (kind in ('setup','invite')), user_id text references auth_user on delete cascade,
     created_at timestamptz not null, expires_at timestamptz not null, used_at timestamptz)`,
  // Wrong passwords and keys, by account and by address.
  `create table auth_attempt (
     key text primary key, failures integer not null, since timestamptz not null, locked_until timestamptz)`,
  `create index auth_attempt_since on auth_attempt (since)`,

  // ---- what was changed ----
  `create table audit_log (
     id bigint generated always as identity primary key, at timestamptz not null, actor_kind text not null, actor_id text, actor_name text,
     action text not null, subject_kind text, subject_id text, before jsonb, after jsonb, request_id text, address text)`,
  `create index audit_log_at on audit_log (at)`,
  `create index audit_log_actor on audit_log (actor_id, id desc)`,
  `create index audit_log_subject on audit_log (subject_kind, subject_id, id desc)`,
  `create index audit_log_request on audit_log (request_id)`,
  `create function audit_log_stays() returns trigger language plpgsql as $$
   begin raise exception 'the audit log only grows' using errcode = 'insufficient_privilege'; end $$`,
  `create trigger audit_log_rows_stay before update or delete on audit_log for each row execute function audit_log_stays()`,
  `create trigger audit_log_stays before truncate on audit_log for each statement execute function audit_log_stays()`,

  // Arguments: what it is; its key columns; columns whose values are secret; columns that do not count.
  `create function audit_row() returns trigger language plpgsql as $$
   declare
     actor jsonb := nullif(current_setting('zaryad.actor', true), '')::jsonb;
     hidden text[] := string_to_array(tg_argv[2], ',');
     uncounted text[] := string_to_array(tg_argv[3], ',') || array['change_seq'];
     was jsonb; becomes jsonb; told_before jsonb; told_after jsonb; subject text;
   begin
     if actor is null then return null; end if;
     if tg_op <> 'INSERT' then was := to_jsonb(old) - uncounted; end if;
     if tg_op <> 'DELETE' then becomes := to_jsonb(new) - uncounted; end if;
     if was is not distinct from becomes then return null; end if;
     select string_agg(coalesce(becomes, was) ->> part.name, '/' order by part.n) into subject
       from unnest(string_to_array(tg_argv[1], ',')) with ordinality as part(name, n);
     if was is not null then
       select jsonb_object_agg(e.name, case when e.name = any(hidden) and e.value <> 'null' then '"(hidden)"'::jsonb else e.value end) into told_before
         from jsonb_each(was) as e(name, value) where becomes is null or e.value is distinct from becomes -> e.name;
     end if;
     if becomes is not null then
       select jsonb_object_agg(e.name, case when e.name = any(hidden) and e.value <> 'null' then '"(hidden)"'::jsonb else e.value end) into told_after
         from jsonb_each(becomes) as e(name, value) where was is null or e.value is distinct from was -> e.name;
     end if;
     insert into audit_log (at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, before, after, request_id, address)
       values ((actor ->> 'at')::timestamptz, actor ->> 'kind', actor ->> 'id', actor ->> 'name', actor ->> 'action', tg_argv[0], subject,
         told_before, told_after, actor ->> 'requestId', actor ->> 'address');
     return null;
   end $$`,
  // The condition is judged before the function is called: what chargers and jobs write, thousands of rows a second, costs next to nothing.
  `create function audit_changes(audited text, kind text, keys text[], hidden text[] default '{}', uncounted text[] default '{}') returns void language plpgsql as $$
   begin
     execute format('create trigger %I after insert or update or delete on %I for each row when (current_setting(''zaryad.actor'', true) <> '''') execute function audit_row(%L, %L, %L, %L)',
       audited || '_audit', audited, kind, array_to_string(keys, ','), array_to_string(hidden, ','), array_to_string(uncounted, ','));
   end $$`,
  `select audit_changes('site', 'site', array['id'])`,
  `select audit_changes('limit_node', 'limitNode', array['site_id', 'id'])`,
  `select audit_changes('station', 'station', array['id'], array['password_hash'])`,
  `select audit_changes('evse', 'evse', array['station_id', 'evse_id'])`,
  `select audit_changes('bay', 'bay', array['site_id', 'id'])`,
  `select audit_changes('vehicle_type', 'vehicleType', array['id'])`,
  `select audit_changes('vehicle', 'vehicle', array['id'])`,
  `select audit_changes('token', 'token', array['value'])`,
  `select audit_changes('block_assignment', 'block', array['date', 'block_id'])`,
  `select audit_changes('alert', 'alert', array['id'])`,
  `select audit_changes('setting', 'setting', array['name'], array['value'])`,
  `select audit_changes('auth_user', 'user', array['id'], '{}', array['updated_at'])`,
  `select audit_changes('auth_account', 'account', array['provider_id', 'user_id'], array['password', 'access_token', 'refresh_token', 'id_token'], array['updated_at'])`,
  `select audit_changes('auth_passkey', 'passkey', array['id'], array['public_key', 'credential_id'], array['counter'])`,
  `select audit_changes('auth_api_key', 'apiKey', array['id'], array['key'], array['updated_at', 'last_request', 'request_count'])`,
  `select audit_changes('auth_session', 'userSession', array['id'], '{}', array['token', 'updated_at', 'expires_at'])`,
  `select audit_changes('auth_link', 'link', array['kind', 'user_id'], array['token_hash'])`,
]
