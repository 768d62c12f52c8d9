import { mount } from 'svelte'
import '../parts/base.css'
import CityPage from './CityPage.svelte'

const target = document.querySelector('#page')
if (target !== null) mount(CityPage, { target })
