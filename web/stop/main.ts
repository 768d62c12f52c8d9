import { mount } from 'svelte'
import '../parts/base.css'
import { keepForOffline } from '../parts/service-worker.ts'
import './themes.css'
import StopPage from './StopPage.svelte'

const target = document.querySelector('#page')
if (target !== null) mount(StopPage, { target })
void keepForOffline()
