import { mount } from 'svelte'
import '../parts/base.css'
import { keepForOffline } from '../parts/service-worker.ts'
import StopsPage from './StopsPage.svelte'

const target = document.querySelector('#page')
if (target !== null) mount(StopsPage, { target })
void keepForOffline()
