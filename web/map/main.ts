import { mount } from 'svelte'
import '../parts/base.css'
import MapPage from './MapPage.svelte'

const target = document.querySelector('#page')
if (target !== null) mount(MapPage, { target })
