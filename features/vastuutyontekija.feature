# language: fi
@C3 @E11
Ominaisuus: Vastuutyöntekijä
  Asiakkaan asiasta vastaa joka hetki tasan yksi: nimetty työntekijä, tai yksikön jono siihen asti. Tuttu työntekijä
  menee muiden edelle, sitten kieli ja työtilanne, ja peruste jää näkyviin.

  Tausta:
    Oletetaan polku "Nuoren mielenterveyspolku"
    Ja yksikkö "Nuorten palvelut" antaa palvelulupauksen
    Ja yksikön "Nuorten palvelut" väki on
      | nimi          | ammatti                     | osaaminen     | tehtävä    |
      | Aino Laine    | Sairaanhoitaja              |               |            |
      | Salla Niemi   | Psykiatrinen sairaanhoitaja | IPC-menetelmä |            |
      | Veera Kangas  | Psykologi                   | IPC-menetelmä |            |
      | Liisa Korpela | Terveydenhoitaja            |               | esihenkilö |
    Ja asiakas "Oona Virta", 15 v
    Ja asiakas "Emil Aalto", 16 v
    Ja asiakas "Vilma Rinne", 14 v

  Tapaus: Uusi asia annetaan sille, jolla on vähemmän asiakkaita
    Kun asiakas "Oona Virta" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Aino Laine" vie asian askeleeseen "Hoidon tarpeen arviointi"
    Ja "Liisa Korpela" nimeää vastuutyöntekijäksi "Salla Niemi"
    Kun asiakas "Emil Aalto" soittaa ja "Aino Laine" vastaa klo 10.00
    Ja "Aino Laine" vie asian askeleeseen "Hoidon tarpeen arviointi"
    Niin vastuutyöntekijä on "Veera Kangas"
    Ja nimeämisen peruste on "työtilanne"
    Ja asiakkaan "Oona Virta" vastuutyöntekijä on "Salla Niemi"

  Tapaus: Tuttu työntekijä menee kevyemmän työtilanteen edelle
    Kun asiakas "Oona Virta" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Aino Laine" vie asian askeleeseen "Hoidon tarpeen arviointi"
    Ja "Liisa Korpela" nimeää vastuutyöntekijäksi "Salla Niemi"
    Ja "Salla Niemi" päättää askeleen "Alkuarvio" tulokseen "Tehty"
    Ja "Salla Niemi" päättää askeleen "Hoidon tarpeen arviointi" tulokseen "Neuvonta riittää"
    Kun asiakas "Emil Aalto" soittaa ja "Aino Laine" vastaa ti 12.1. klo 9.00
    Ja "Aino Laine" vie asian askeleeseen "Hoidon tarpeen arviointi"
    Ja "Liisa Korpela" nimeää vastuutyöntekijäksi "Salla Niemi"
    Kun asiakas "Oona Virta" soittaa ja "Aino Laine" vastaa ke 1.9.2027 klo 9.00
    Ja "Aino Laine" vie asian askeleeseen "Hoidon tarpeen arviointi"
    Niin vastuutyöntekijä on "Salla Niemi"
    Ja nimeämisen peruste on "tuttu työntekijä"

  Tapaus: Kun kaikkien asiakasmäärä on täynnä, jono vastaa ja esihenkilö nimeää
    Oletetaan "Salla Niemi" voi vastata enintään näin monesta asiakkaasta: 1
    Ja "Veera Kangas" voi vastata enintään näin monesta asiakkaasta: 1
    Kun asiakas "Oona Virta" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Aino Laine" vie asian askeleeseen "Hoidon tarpeen arviointi"
    Ja asiakas "Emil Aalto" soittaa ja "Aino Laine" vastaa klo 9.30
    Ja "Aino Laine" vie asian askeleeseen "Hoidon tarpeen arviointi"
    Ja asiakas "Vilma Rinne" soittaa ja "Aino Laine" vastaa klo 10.00
    Ja "Aino Laine" vie asian askeleeseen "Hoidon tarpeen arviointi"
    Niin asiakkaan "Vilma Rinne" vastuutyöntekijä puuttuu ja asia on yksikön "Nuorten palvelut" jonossa
    Kun "Liisa Korpela" nimeää vastuutyöntekijän ehdotuksen mukaan
    Niin se ei onnistu, koska "ei voi ottaa tätä"
    Kun "Liisa Korpela" nimeää vastuutyöntekijäksi "Veera Kangas"
    Niin vastuutyöntekijä on "Veera Kangas"
    Ja nimeämisen peruste on "nimetty käsin"

  Tapaus: Väärän ammatin työntekijää ei voi nimetä ja vastaus kertoo, kuka voi
    Kun asiakas "Oona Virta" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Aino Laine" vie asian askeleeseen "Hoidon tarpeen arviointi"
    Ja "Liisa Korpela" nimeää vastuutyöntekijäksi "Liisa Korpela"
    Niin se ei onnistu, koska "Nimettävissä: Salla Niemi tai Veera Kangas"

  Tapaus: Toisen yksikön työntekijää ei voi nimetä
    Oletetaan yksikkö "Aikuisten palvelut"
    Ja "Mari Salo" on "Psykologi" yksikössä "Aikuisten palvelut"
    Kun asiakas "Oona Virta" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Aino Laine" vie asian askeleeseen "Hoidon tarpeen arviointi"
    Ja "Liisa Korpela" nimeää vastuutyöntekijäksi "Mari Salo"
    Niin se ei onnistu, koska "ei voi ottaa tätä"

  Tapaus: Poissaolevaa ei voi nimetä
    Kun asiakas "Oona Virta" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Veera Kangas" on poissa ma 11.1.2027 – pe 15.1.2027 ilman sijaista
    Ja "Aino Laine" vie asian askeleeseen "Hoidon tarpeen arviointi"
    Niin vastuutyöntekijä on "Salla Niemi"
    Kun "Liisa Korpela" nimeää vastuutyöntekijäksi "Veera Kangas"
    Niin se ei onnistu, koska "ei voi ottaa tätä"

  @T2
  Tapaus: Nimetty työntekijä saa tiedon ja kuittaa vastuun arkipäivän kuluessa
    Kun asiakas "Oona Virta" soittaa ja "Aino Laine" vastaa pe 8.1.2027 klo 9.00
    Ja "Veera Kangas" on poissa pe 8.1.2027 – pe 15.1.2027 ilman sijaista
    Ja "Aino Laine" vie asian askeleeseen "Hoidon tarpeen arviointi"
    Niin "Salla Niemi" saa ilmoituksen "Sinut nimettiin vastuutyöntekijäksi"
    Mutta "Veera Kangas" ei ole saanut yhtään ilmoitusta
    Ja tavoite "Vastuutyöntekijä kuittaa" päättyy ma 11.1.2027 klo 24.00
    Kun "Salla Niemi" kuittaa vastuun ma 11.1. klo 8.10
    Niin tavoite "Vastuutyöntekijä kuittaa" on pidetty

  Tapaus: Toinen ei voi kuitata vastuuta nimetyn puolesta
    Kun asiakas "Oona Virta" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Aino Laine" vie asian askeleeseen "Hoidon tarpeen arviointi"
    Ja "Aino Laine" kuittaa vastuun
    Niin se ei onnistu, koska "Tämä ei kuulu sinulle"

  @S14
  Tapaus: Sijainen saa tehtävät ja hälytykset, ja pääsyn peruste on sijaisuus
    Oletetaan yksikkö "Varahenkilöstö"
    Ja "Kaisu Metso" on "Psykologi" yksikössä "Varahenkilöstö"
    Kun asiakas "Oona Virta" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Aino Laine" vie asian askeleeseen "Hoidon tarpeen arviointi"
    Ja "Liisa Korpela" nimeää vastuutyöntekijäksi "Salla Niemi"
    Niin "Kaisu Metso" ei näe asiaa
    Kun "Salla Niemi" on poissa ti 12.1.2027 – ma 18.1.2027, sijaisena "Kaisu Metso" ti 12.1. klo 7.00
    Niin sijaisena on "Kaisu Metso"
    Ja vastuutyöntekijä on "Salla Niemi"
    Ja "Kaisu Metso" saa ilmoituksen "Toimit sijaisena"
    Ja "Kaisu Metso" näkee asian perusteella "sijaisuus"
    Ja käyttölokissa on "Kaisu Metso" perusteella "sijaisuus"
    Kun kukaan ei tee mitään ma 18.1. klo 7.59 mennessä
    Niin "Kaisu Metso" saa hälytyksen: lupaus "Tarvittaessa palvelu alkaa viikon sisällä"
    Ja "Salla Niemi" ei saa hälytystä: lupaus "Tarvittaessa palvelu alkaa viikon sisällä"
    Kun tulee ti 19.1. klo 0.05
    Niin "Kaisu Metso" ei näe asiaa

  @S14
  Tapaus: Jos poissaolijalla ei ole sijaista, esihenkilö kuulee siitä heti
    Kun asiakas "Oona Virta" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Aino Laine" vie asian askeleeseen "Hoidon tarpeen arviointi"
    Ja "Liisa Korpela" nimeää vastuutyöntekijäksi "Salla Niemi"
    Kun "Salla Niemi" on poissa ti 12.1.2027 – ma 18.1.2027 ilman sijaista ti 12.1. klo 7.00
    Niin "Liisa Korpela" saa ilmoituksen "Poissaolijalle ei ole sijaista"
    Ja "Veera Kangas" ei saa ilmoitusta

  @S14
  Tapaus: Yli kahden viikon poissaolosta vastuu siirtyy ja asiakkaalle kerrotaan
    Kun asiakas "Oona Virta" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Aino Laine" vie asian askeleeseen "Hoidon tarpeen arviointi"
    Ja "Liisa Korpela" nimeää vastuutyöntekijäksi "Salla Niemi"
    Kun "Salla Niemi" on poissa ti 12.1.2027 – pe 26.2.2027, sijaisena "Veera Kangas" ti 12.1. klo 7.00
    Ja kukaan ei tee mitään ti 26.1. klo 23.00 mennessä
    Niin vastuutyöntekijä on "Salla Niemi"
    Kun tulee ke 27.1. klo 8.00
    Niin vastuutyöntekijä on "Veera Kangas"
    Ja nimeämisen peruste on "pitkä poissaolo"
    Ja "Veera Kangas" saa ilmoituksen "Kerro asiakkaalle uudesta vastuutyöntekijästä"

  @S14
  Tapaus: Töihin palannut saa tehtävänsä takaisin
    Kun asiakas "Oona Virta" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Aino Laine" vie asian askeleeseen "Hoidon tarpeen arviointi"
    Ja "Liisa Korpela" nimeää vastuutyöntekijäksi "Salla Niemi"
    Kun "Salla Niemi" on poissa ti 12.1.2027 – pe 15.1.2027, sijaisena "Veera Kangas" ti 12.1. klo 7.00
    Niin sijaisena on "Veera Kangas"
    Kun "Salla Niemi" palaa töihin to 14.1. klo 8.00
    Niin sijaista ei ole
    Ja vastuutyöntekijä on "Salla Niemi"
