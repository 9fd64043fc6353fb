# language: fi
@C4 @T3 @T4
Ominaisuus: Asiakassuunnitelma
  Suunnitelma tehdään yhdessä asiakkaan kanssa ja hänen sanoillaan. Eri mieltä saa olla, ja se kirjataan. Jokainen
  versio säilyy.

  Tausta:
    Oletetaan polku "Nuoren mielenterveyspolku"
    Ja yksikkö "Nuorten palvelut"
    Ja yksikön "Nuorten palvelut" väki on
      | nimi          | ammatti                     | osaaminen     | tehtävä    |
      | Aino Laine    | Sairaanhoitaja              |               |            |
      | Salla Niemi   | Psykiatrinen sairaanhoitaja | IPC-menetelmä |            |
      | Liisa Korpela | Terveydenhoitaja            |               | esihenkilö |
    Ja asiakas "Oona Virta", 15 v
    Ja asiakas "Oona Virta" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Salla Niemi" vie asian askeleeseen "Asiakassuunnitelma" ma 18.1. klo 10.00

  Tapaus: Suunnitelmasta sovitaan asiakkaan sanoilla ja sen tarkistus on luvattu
    Kun "Salla Niemi" kirjaa suunnitelman, joka tarkistetaan to 15.4.2027 ja jonka tavoitteet ovat
      | Nukun yöni           |
      | Pääsen taas kouluun  |
    Niin suunnitelman tila on "luonnos"
    Kun "Salla Niemi" antaa suunnitelman asiakkaalle
    Niin suunnitelman tila on "asiakkaalla"
    Kun "Salla Niemi" kirjaa, että asiakas hyväksyy suunnitelman ke 20.1. klo 9.00
    Niin suunnitelman tila on "sovittu"
    Ja suunnitelman tavoite on "Pääsen taas kouluun"
    Ja tavoite "Suunnitelma tarkistetaan" päättyy ti 20.4.2027 klo 24.00
    Kun "Salla Niemi" päättää askeleen "Asiakassuunnitelma" tulokseen "Sovittu"
    Niin askel "Hoitojakso" on avoinna
    Ja tavoite "Tavoite: Asiakassuunnitelma" on pidetty

  Tapaus: Suunnitelmasta ilman tavoitteita ei voi sopia
    Kun "Salla Niemi" kirjaa suunnitelman, jossa ei ole tavoitteita
    Ja "Salla Niemi" kirjaa, että asiakas hyväksyy suunnitelman
    Niin se ei onnistu, koska "Suunnitelmaa ei voi vielä hyväksyä"
    Ja suunnitelman tila on "luonnos"

  Tapaus: Erimielisyyteen kirjataan asiakkaan oma näkemys
    Kun "Salla Niemi" kirjaa suunnitelman, joka tarkistetaan to 15.4.2027 ja jonka tavoitteet ovat
      | Pääsen taas kouluun |
    Ja "Salla Niemi" kirjaa, että asiakas on suunnitelmasta eri mieltä
    Niin se ei onnistu, koska "Suunnitelmaa ei voi vielä hyväksyä"
    Kun "Salla Niemi" kirjaa, että asiakas on suunnitelmasta eri mieltä: "En halua ryhmään"
    Niin asiakkaan oma näkemys suunnitelmasta on "En halua ryhmään"
    Kun "Salla Niemi" päättää askeleen "Asiakassuunnitelma" tulokseen "Erimielisyys kirjattu"
    Niin askel "Hoitojakso" on avoinna

  Tapaus: Askelta ei voi päättää sovituksi, jos tarkistus on liian kaukana
    Kun "Salla Niemi" kirjaa suunnitelman, joka tarkistetaan ke 1.9.2027 ja jonka tavoitteet ovat
      | Pääsen taas kouluun |
    Ja "Salla Niemi" kirjaa, että asiakas hyväksyy suunnitelman
    Ja "Salla Niemi" päättää askeleen "Asiakassuunnitelma" tulokseen "Sovittu"
    Niin se ei onnistu, koska "Kesken vielä"

  Tapaus: Uusi versio ei muuta sovittua
    Kun "Salla Niemi" kirjaa suunnitelman, joka tarkistetaan to 15.4.2027 ja jonka tavoitteet ovat
      | Nukun yöni |
    Ja "Salla Niemi" kirjaa, että asiakas hyväksyy suunnitelman
    Ja "Salla Niemi" kirjaa suunnitelman, joka tarkistetaan to 15.4.2027 ja jonka tavoitteet ovat
      | Nukun yöni |
      | Soitan isälle |
    Niin suunnitelman versio on 2
    Ja suunnitelman tila on "luonnos"
    Ja suunnitelman versio 1 on yhä "sovittu"

  Tapaus: Tarkistamatta jäänyt suunnitelma näkyy tavoitteen ylityksenä
    Kun "Salla Niemi" kirjaa suunnitelman, joka tarkistetaan to 15.4.2027 ja jonka tavoitteet ovat
      | Nukun yöni |
    Ja "Salla Niemi" kirjaa, että asiakas hyväksyy suunnitelman
    Ja kukaan ei tee mitään ma 19.4.2027 klo 8.00 mennessä
    Niin tavoite "Suunnitelma tarkistetaan" ylittyi
    Ja "Salla Niemi" saa hälytyksen: tavoite "Suunnitelma tarkistetaan"
