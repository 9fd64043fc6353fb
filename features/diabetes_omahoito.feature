# language: fi
@P15
Ominaisuus: Diabeteksen omahoito
  Tilannekuva kuukaudessa, asiakkaan oma tavoite ensin ja tukea sen verran kuin tarvitaan.

  Tausta:
    Oletetaan polku "Diabeteksen omahoito"
    Ja yksikkö "Terveysasema" antaa palvelulupauksen
    Ja yksikön "Terveysasema" väki on
      | nimi          | ammatti              | osaaminen | tehtävä    |
      | Aino Laine    | Sairaanhoitaja       |           |            |
      | Satu Niemi    | Diabeteshoitaja      |           |            |
      | Outi Saari    | Lääkäri              |           |            |
      | Liisa Korpela | Terveydenhoitaja     |           | esihenkilö |
    Ja asiakas "Veikko Salo", 60 v
    Kun asiakas "Veikko Salo" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Aino Laine" päättää askeleen "Yhteydenoton vastaanotto" tulokseen "Jatkuu"
    Ja "Aino Laine" päättää askeleen "Kiireellisyyden arviointi" tulokseen "Kiireetön"

  Tapaus: Vuosi kuluu omatoimisesti
    Niin määräaika "Hoidon tarve arvioidaan samana päivänä" on pidetty
    Ja määräaika "23 vuotta täyttänyt saa hoitoa kolmessa kuukaudessa" päättyy su 11.4.2027 klo 24.00
    Kun "Satu Niemi" päättää askeleen "Diabeteshoitajan tapaaminen" tulokseen "Tehty" to 14.1. klo 10.00
    Niin määräaika "23 vuotta täyttänyt saa hoitoa kolmessa kuukaudessa" on pidetty
    Ja lupaus "Tarvittaessa palvelu alkaa viikon sisällä" on pidetty
    Kun "Satu Niemi" päättää askeleen "Kokeet ja mittaukset" tulokseen "Tehty" ma 18.1. klo 10.00
    Ja "Satu Niemi" päättää askeleen "Arki ja voimavarat" tulokseen "Tehty"
    Ja "Satu Niemi" päättää askeleen "Tilannekuva" tulokseen "Omatoimiasiakkuus"
    Ja "Outi Saari" päättää askeleen "Lääkehoito" tulokseen "Lääkitys ennallaan" ke 20.1. klo 9.00
    Ja "Satu Niemi" kirjaa suunnitelman, joka tarkistetaan to 1.4.2027 ja jonka tavoitteet ovat
      | Jaksan lastenlasten kanssa |
    Ja "Satu Niemi" kirjaa, että asiakas hyväksyy suunnitelman
    Ja "Satu Niemi" päättää askeleen "Hoitosuunnitelma" tulokseen "Sovittu" ja vastaa
      | Sovittu tuen tapa | omatoimisesti etänä |
      | Ravitsemusterapeutti | ei |
      | Jalkaterapeutti | ei |
      | Suun terveydenhuolto | ei |
      | Mielen hyvinvoinnin tuki | ei |
      | Lyhytneuvonta alkoholista | ei |
      | Seuraavan vuosikontrollin päivä | 2028-01-18 |
    Ja "Satu Niemi" päättää askeleen "Silmänpohjien kuvaus" tulokseen "Tehty" ma 1.2. klo 10.00
    Ja "Satu Niemi" päättää askeleen "Tutkimukset ja muu tuki" tulokseen "Omatoimiasiakkuus"
    Ja "Aino Laine" päättää askeleen "Etäseuranta" tulokseen "Vuosikontrolli on edessä" ma 2.8.2027 klo 10.00
    Ja "Satu Niemi" päättää askeleen "Vuosikontrolli" tulokseen "Jatketaan samalla tavalla" ke 19.1.2028 klo 10.00
    Niin askel "Hoitosuunnitelma" on avoinna

  Tapaus: Ketoaineista soitetaan heti
    Kun "Aino Laine" aloittaa askeleen "Omien mittausten katsominen" to 14.1. klo 9.00
    Ja "Aino Laine" päättää askeleen "Omien mittausten katsominen" tulokseen "Tehty" ja vastaa
      | Onko ketoaineita tai oksentelua? | kyllä |
    Niin askel "Ketoaineet – yhteys heti" on avoinna
    Ja lupaus "Kiireellinen asia hoidetaan samana päivänä" päättyy to 14.1.2027 klo 24.00
