window.library={year:2031,version:"1.2.3"};
