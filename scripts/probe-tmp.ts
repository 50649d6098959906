import { readdirSync, readFileSync } from 'node:fs';
import { importOf } from '/work/wt/owndata/src/data/import/testing';
const root='/work/shared/cases/own-data';
for (const d of readdirSync(root).filter(x=>/^\d/.test(x))) {
  if (process.argv[2] && !d.startsWith(process.argv[2])) continue;
  if (/^(50|51|52|53)/.test(d)) continue;
  const files=readdirSync(root+'/'+d).filter(f=>f!=='README').map(f=>({path:f,bytes:new Uint8Array(readFileSync(root+'/'+d+'/'+f))}));
  const t=performance.now(); 
  try { const r=await importOf(files);
  console.log('==',d,(performance.now()-t).toFixed(0)+'ms', r.problem??'');
  if(r.samples){const s=r.samples; console.log('  ',s.sample,s.width,s.height,s.count,s.names.slice(0,6), s.columns?.names.slice(0,6), s.test?[...s.test].filter(x=>x).length:null); for(const n of s.notes) console.log('   -',n);}
  for(const c of r.choices?.columns??[]) console.log('   ·',c.name,c.kind,c.used,c.isLabel,c.reason??'',c.warnings.join('|'), c.missing, c.unreadable);
  for(const c of r.choices?.parts??[]) console.log('   ·',c.name,c.shape,c.role);
  for(const f of r.faults.slice(0,3)) console.log('   !',f);
  } catch(e){console.log('== CRASH',d,e)}
}
