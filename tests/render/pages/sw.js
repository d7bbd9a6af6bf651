self.addEventListener('fetch',()=>{})
