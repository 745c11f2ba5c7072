import { chromium } from 'playwright-core';
const [,, path, hash='', mode='open'] = process.argv;
const b = await chromium.launch({executablePath:'/usr/bin/chromium', args:['--no-sandbox']});
const p = await (await b.newContext({viewport:{width:1400,height:900}})).newPage();
const c = await p.context().newCDPSession(p);
await c.send('Profiler.enable'); await c.send('Profiler.setSamplingInterval',{interval:500});
const top=(profile:any,n=28)=>{ const self=new Map<string,number>(); const total=new Map(); const byId=new Map(profile.nodes.map((x:any)=>[x.id,x])); const dt=profile.timeDeltas; let sum=0; profile.samples.forEach((id:number,i:number)=>{const nd:any=byId.get(id); const k=`${nd.callFrame.functionName||'(anon)'}:${nd.callFrame.lineNumber}:${nd.callFrame.columnNumber}`; self.set(k,(self.get(k)??0)+dt[i]); sum+=dt[i];}); console.log('total ms',sum/1000); for(const [k,v] of [...self].sort((a,b)=>b[1]-a[1]).slice(0,n)) console.log((v/1000).toFixed(1).padStart(9),k); };
if (mode==='open') await c.send('Profiler.start');
await p.goto('file://'+path+hash);
await p.waitForSelector('html[data-ready]',{state:'attached',timeout:200000});
if (mode==='open') top((await c.send('Profiler.stop')).profile);
else { const last=+(await p.locator('.scrubber input').getAttribute('max'))!;
 const go=async(s:number)=>p.evaluate(async(to)=>{const x=document.querySelector('.scrubber input') as any; x.value=String(to); x.dispatchEvent(new Event('input',{bubbles:true})); for(let i=0;i<3;i++) await new Promise(requestAnimationFrame);},s);
 for(let i=0;i<5;i++) await go(Math.floor(((i*0.618)%1)*last));
 await c.send('Profiler.start'); for(let i=0;i<20;i++) await go(Math.floor(((i*0.618034)%1)*last)); top((await c.send('Profiler.stop')).profile); }
await b.close();
