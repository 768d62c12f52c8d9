import { mount } from 'svelte'
import '../parts/base.css'
import DepotPage from './DepotPage.svelte'

const target = document.querySelector('#page')
if (target !== null) mount(DepotPage, { target })
