# language: fi
@P19
Ominaisuus: Vammaispalvelujen asiakkaaksi
  Arviointi alkaa seitsemässä arkipäivässä, jokaisesta palvelusta tehdään oma päätös ja kaikki alkavat kolmessa kuukaudessa.

  Tausta:
    Oletetaan polku "Vammaispalvelujen asiakkaaksi"
    Ja yksikkö "Vammaispalvelut" antaa palvelulupauksen
    Ja yksikön "Vammaispalvelut" väki on
      | nimi          | ammatti           | osaaminen | tehtävä    |
      | Aino Laine    | Asiakasohjaaja    |           |            |
      | Satu Niemi    | Sosiaalityöntekijä |          |            |
      | Pia Lind      | Palveluohjaaja    |           |            |
      | Outi Saari    | Toimintaterapeutti |          |            |
      | Liisa Korpela | Sosiaaliohjaaja   |           | esihenkilö |
    Ja asiakas "Veikko Salo", 40 v
    Kun asiakas "Veikko Salo" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Aino Laine" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu" ja vastaa
      | Tarvitseeko asiakas tukea päätöksentekoon | ei |
    Ja "Aino Laine" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"

  Tapaus: Palvelut alkavat kolmessa kuukaudessa
    Niin määräaika "Vammaispalvelujen tarpeen selvittäminen alkaa" päättyy ke 20.1.2027 klo 24.00
    Ja määräaika "Vammaispalvelun päätös kolmessa kuukaudessa" päättyy su 11.4.2027 klo 24.00
    Kun "Satu Niemi" päättää askeleen "Asiakkaan tapaaminen" tulokseen "Tehty" to 14.1. klo 10.00
    Niin määräaika "Vammaispalvelujen tarpeen selvittäminen alkaa" on pidetty
    Kun "Satu Niemi" päättää askeleen "Lausunnot" tulokseen "Ei tarpeen" ma 18.1. klo 10.00
    Ja "Outi Saari" päättää askeleen "Koti ja arki" tulokseen "Tehty"
    Ja "Satu Niemi" päättää askeleen "Palvelutarpeen arviointi" tulokseen "Palveluun"
    Ja "Liisa Korpela" nimeää omatyöntekijäksi "Satu Niemi"
    Niin määräaika "Omatyöntekijä nimetään" on pidetty
    Kun "Satu Niemi" päättää askeleen "Minkä lain mukaan autetaan" tulokseen "Vammaispalvelulaki"
    Ja "Satu Niemi" kirjaa suunnitelman, joka tarkistetaan ke 1.12.2027 ja jonka tavoitteet ovat
      | Asun itse ja käyn töissä |
    Ja "Satu Niemi" kirjaa, että asiakas hyväksyy suunnitelman
    Ja "Satu Niemi" päättää askeleen "Asiakassuunnitelma" tulokseen "Sovittu" ja vastaa
      | Henkilökohtainen apu | kyllä |
      | Asumisen tuki | ei |
      | Liikkumisen tuki | kyllä |
      | Päivätoiminta | ei |
      | Asunnon muutostyöt | ei |
      | Muu palvelu | ei |
      | Tarkistuspäivä vuoden sisällä | 2027-12-01 |
    Niin määräaika "Asiakassuunnitelma laaditaan" on pidetty
    Kun "Satu Niemi" päättää askeleen "Henkilökohtainen apu" tulokseen "Päätös tehty" ma 1.2. klo 10.00
    Niin määräaika "Vammaispalvelun päätös kolmessa kuukaudessa" on yhä käynnissä
    Kun "Satu Niemi" päättää askeleen "Liikkumisen tuki" tulokseen "Palvelua ei myönnetty" ti 2.2. klo 10.00
    Ja "Satu Niemi" päättää askeleen "Päätökset palveluista" tulokseen "Osa myönnettiin"
    Niin määräaika "Vammaispalvelun päätös kolmessa kuukaudessa" on pidetty
    Kun "Pia Lind" päättää askeleen "Henkilökohtainen apu alkaa" tulokseen "Tehty" ma 15.2. klo 10.00
    Niin määräaika "Päätös tehdään ja pannaan toimeen kolmessa kuukaudessa" on yhä käynnissä
    Kun "Pia Lind" päättää askeleen "Liikkumisen tuki alkaa" tulokseen "Ei tarpeen"
    Ja "Satu Niemi" päättää askeleen "Palvelut alkavat" tulokseen "Kaikki palvelut alkoivat"
    Niin määräaika "Päätös tehdään ja pannaan toimeen kolmessa kuukaudessa" on pidetty
    Ja asia on avoinna
