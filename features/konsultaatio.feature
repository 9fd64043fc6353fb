# language: fi
@C5 @T5
Ominaisuus: Konsultaatio
  Toisen ammattilaisen osaaminen saadaan mukaan siirtämättä asiakasta. Kysyjä pysyy vastuussa, vastaaja näkee vain
  kysymyksen, ja vaikeneminen on tapahtuma.

  Tausta:
    Oletetaan polku "Nuoren mielenterveyspolku"
    Ja yksikkö "Nuorten palvelut"
    Ja yksikön "Nuorten palvelut" väki on
      | nimi          | ammatti                     | osaaminen     | tehtävä    |
      | Aino Laine    | Sairaanhoitaja              |               |            |
      | Salla Niemi   | Psykiatrinen sairaanhoitaja | IPC-menetelmä |            |
      | Liisa Korpela | Terveydenhoitaja            |               | esihenkilö |
    Ja "Tapani Holm" on "Nuorisopsykiatri" organisaatiossa "HUS"
    Ja "Ritva Ek" on "Geriatri" organisaatiossa "HUS"
    Ja asiakas "Enni Vuorela", 16 v
    Ja asiakas "Enni Vuorela" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 8.30
    Ja "Salla Niemi" vie asian askeleeseen "Nuorisopsykiatrin konsultaatio" klo 9.30

  Tapaus: Konsultaatio kulkee pyynnöstä kuittaukseen
    Kun "Salla Niemi" pyytää konsultaation ammatilta "Nuorisopsykiatri" organisaatiosta "HUS": "Sopiiko IPC?" klo 10.00
    Niin konsultaation tila on "pyydetty"
    Ja tavoite "Vastaus: Nuorisopsykiatrin konsultaatio" päättyy to 14.1.2027 klo 24.00
    Kun "Tapani Holm" ottaa konsultaation vastaan ti 12.1. klo 9.00
    Niin konsultaation tila on "otettu vastaan"
    Ja "Salla Niemi" saa ilmoituksen "Konsultaatiopyyntö otettiin vastaan"
    Kun "Tapani Holm" vastaa konsultaatioon: "Sopii hyvin." ke 13.1. klo 12.00
    Niin tavoite "Vastaus: Nuorisopsykiatrin konsultaatio" on pidetty
    Ja "Salla Niemi" saa ilmoituksen "Konsultaatiopyyntöön vastattiin"
    Kun "Salla Niemi" kuittaa konsultaation vastauksen
    Niin konsultaation tila on "kuitattu"
    Ja vastuutyöntekijä on "Salla Niemi"
    Kun "Salla Niemi" päättää askeleen "Nuorisopsykiatrin konsultaatio" tulokseen "Hoito perustasolla"
    Niin askel "Hoitomuodon valinta" on avoinna

  Tapaus: Konsultti näkee kysymyksen mutta ei asiaa
    Kun "Salla Niemi" pyytää konsultaation ammatilta "Nuorisopsykiatri" organisaatiosta "HUS": "Sopiiko IPC?" klo 10.00
    Niin "Tapani Holm" näkee kysymyksen "Sopiiko IPC?"
    Mutta "Tapani Holm" ei näe asiaa
    Kun "Tapani Holm" ottaa konsultaation vastaan ti 12.1. klo 9.00
    Niin "Tapani Holm" ei näe asiaa

  Tapaus: Vastata voi vain se, jolta kysyttiin
    Kun "Salla Niemi" pyytää konsultaation ammatilta "Nuorisopsykiatri" organisaatiosta "HUS": "Sopiiko IPC?" klo 10.00
    Ja "Ritva Ek" vastaa konsultaatioon: "En tunne asiaa."
    Niin se ei onnistu, koska "ei löydy"
    Kun "Salla Niemi" vastaa konsultaatioon: "Vastaan itse."
    Niin se ei onnistu, koska "Tämä ei kuulu sinulle"
    Ja konsultaation tila on "pyydetty"

  Tapaus: Vastausta ei voi antaa kahdesti
    Kun "Salla Niemi" pyytää konsultaation ammatilta "Nuorisopsykiatri" organisaatiosta "HUS": "Sopiiko IPC?" klo 10.00
    Ja "Tapani Holm" vastaa konsultaatioon: "Sopii." ti 12.1. klo 9.00
    Ja "Tapani Holm" vastaa konsultaatioon: "Ei sittenkään."
    Niin se ei onnistu, koska "konsultaatiopyyntö on tilassa ”vastattu”"

  @S19
  Tapaus: Palautus täydennettäväksi alkaa vastausajan alusta, ja kysyjä kuulee siitä
    Kun "Salla Niemi" pyytää konsultaation ammatilta "Nuorisopsykiatri" organisaatiosta "HUS": "Sopiiko IPC?" klo 10.00
    Ja "Tapani Holm" palauttaa konsultaation täydennettäväksi: "Mikä lääkitys?" ti 12.1. klo 10.00
    Niin konsultaation tila on "palautettu"
    Ja tavoite "Vastaus: Nuorisopsykiatrin konsultaatio" on peruttu
    Ja "Salla Niemi" saa ilmoituksen "Konsultaatiopyyntöä pyydettiin täydentämään"
    Kun "Salla Niemi" täydentää konsultaatiota: "Ei lääkitystä." ke 13.1. klo 9.00
    Niin konsultaation tila on "pyydetty"
    Ja tavoite "Vastaus: Nuorisopsykiatrin konsultaatio" päättyy ma 18.1.2027 klo 24.00
    Ja vastuutyöntekijä on "Salla Niemi"

  Tapaus: Kiireelliseen konsultaatioon vastataan samana päivänä
    Kun "Salla Niemi" pyytää kiireellisen konsultaation ammatilta "Nuorisopsykiatri" organisaatiosta "HUS": "Voiko odottaa?" klo 10.00
    Niin tavoite "Vastaus kiireelliseen: Nuorisopsykiatrin konsultaatio" päättyy ma 11.1.2027 klo 24.00
    Ja tavoite "Vastaus: Nuorisopsykiatrin konsultaatio" ei ole alkanut

  Tapaus: Vastaamattomasta konsultaatiosta muistutetaan ja esihenkilö kuulee
    Kun "Salla Niemi" pyytää konsultaation ammatilta "Nuorisopsykiatri" organisaatiosta "HUS": "Sopiiko IPC?" klo 10.00
    Ja kukaan ei vastaa pe 15.1. klo 0.01 mennessä
    Niin tavoite "Vastaus: Nuorisopsykiatrin konsultaatio" ylittyi
    Ja "Salla Niemi" saa hälytyksen: tavoite "Vastaus: Nuorisopsykiatrin konsultaatio"
    Ja "Liisa Korpela" saa hälytyksen: tavoite "Vastaus: Nuorisopsykiatrin konsultaatio"
    Kun "Tapani Holm" vastaa konsultaatioon: "Sopii." pe 15.1. klo 9.00
    Niin tavoite "Vastaus: Nuorisopsykiatrin konsultaatio" on pidetty myöhässä

  Tapaus: Askel ei pääty ennen kuin konsultaatioon on vastattu
    Kun "Salla Niemi" pyytää konsultaation ammatilta "Nuorisopsykiatri" organisaatiosta "HUS": "Sopiiko IPC?" klo 10.00
    Ja "Salla Niemi" päättää askeleen "Nuorisopsykiatrin konsultaatio" tulokseen "Hoito perustasolla"
    Niin se ei onnistu, koska "Kesken vielä"

  Tapaus: Perutusta konsultaatiosta ei jää kelloa
    Kun "Salla Niemi" pyytää konsultaation ammatilta "Nuorisopsykiatri" organisaatiosta "HUS": "Sopiiko IPC?" klo 10.00
    Ja "Salla Niemi" peruu konsultaatiopyynnön ti 12.1. klo 9.00
    Niin konsultaation tila on "peruttu"
    Ja tavoite "Vastaus: Nuorisopsykiatrin konsultaatio" on peruttu
    Ja "Tapani Holm" ei näe asiaa
