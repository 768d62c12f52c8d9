import { mount } from 'svelte'
import '../parts/base.css'
import './boot.css'
import StaffApp from './StaffApp.svelte'

const target = document.querySelector('#page')
if (target !== null) {
  target.replaceChildren()
  mount(StaffApp, { target })
}
