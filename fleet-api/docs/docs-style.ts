/** The look of the reference page, light and dark. */
export const docsStyle = `
:root { color-scheme: light dark; --ink: light-dark(#17211b, #e7efe9); --dim: light-dark(#4a5a50, #a5b5ab); --ground: light-dark(#fbfcfb, #101512);
  --raised: light-dark(#fff, #171e1a); --line: light-dark(#d9e1dc, #2c3831); --link: light-dark(#0b6240, #6fd7a7); }
* { box-sizing: border-box }
body { margin: 0; display: grid; grid-template-columns: 19rem minmax(0, 1fr); background: var(--ground); color: var(--ink);
  font: 16px/1.55 system-ui, sans-serif; }
nav { position: sticky; top: 0; height: 100vh; overflow: auto; padding: 1.25rem; border-right: 1px solid var(--line); font-size: .875rem }
nav h2 { margin: 1.25rem 0 .25rem; font-size: .875rem }
nav ul { list-style: none; margin: 0; padding: 0 }
nav li a { display: block; padding: .2rem 0; color: var(--ink); text-decoration: none }
nav li a:hover { text-decoration: underline }
.title { margin: 0; font-weight: 700 } .title a { color: inherit; text-decoration: none } .title span { color: var(--dim); font-weight: 400 }
main { padding: 2rem clamp(1rem, 4vw, 3rem) 6rem; max-width: 62rem }
a { color: var(--link) }
h1 { margin-top: 0 } section > h2 { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line) }
article { margin: 1rem 0; padding: 1rem 1.25rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--raised); scroll-margin-top: 1rem }
article h3 { margin: 0 0 .25rem } article h4 { margin: 1rem 0 .25rem; font-size: .875rem }
.route { margin: 0 0 .5rem } .note { color: var(--dim); font-size: .875rem }
b.get, b.post, b.put, b.patch, b.delete { font: 600 .75rem/1 ui-monospace, monospace; text-transform: uppercase }
b.get { color: light-dark(#0b6240, #6fd7a7) } b.post { color: light-dark(#1d4f9c, #8fb8ff) } b.put, b.patch { color: light-dark(#7a4a00, #f0bd6a) } b.delete { color: light-dark(#a3231b, #ff9d94) }
code, pre { font-family: ui-monospace, monospace; font-size: .875em }
pre { overflow: auto; max-height: 26rem; padding: .75rem; border: 1px solid var(--line); border-radius: .375rem }
.wide { overflow-x: auto } table { border-collapse: collapse; width: 100%; font-size: .875rem }
th, td { text-align: left; vertical-align: top; padding: .375rem .75rem .375rem 0; border-bottom: 1px solid var(--line) } th[scope=row] { font-weight: 500; white-space: nowrap }
em { color: var(--dim); font-style: normal; font-size: .8125em }
.members, .choices { margin: .25rem 0; padding-left: 1.1rem; font-size: .875rem } summary { cursor: pointer; font-size: .875rem; margin-top: .5rem }
@media (max-width: 60rem) { body { display: block } nav { position: static; height: auto; max-height: 40vh; border-right: 0; border-bottom: 1px solid var(--line) } }
`
