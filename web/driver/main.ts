import { mount } from 'svelte'
import '../parts/base.css'
import DriverApp from './DriverApp.svelte'

const target = document.querySelector('#page')
if (target !== null) mount(DriverApp, { target })
