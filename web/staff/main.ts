import { mount } from 'svelte'
import '../parts/base.css'
import StaffApp from './StaffApp.svelte'

const target = document.querySelector('#page')
if (target !== null) mount(StaffApp, { target })
