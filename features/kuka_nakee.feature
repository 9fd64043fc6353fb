# language: fi
@R-1 @E10
Ominaisuus: Kuka näkee asiakkaan asian
  Asian näkee se, jolla on siihen työtehtävä: asiakkaan oma työryhmä ja yksikkö. Muille asiaa ei ole. Jokainen
  katselu jää käyttölokiin perusteineen.

  Tausta:
    Oletetaan polku "Nuoren mielenterveyspolku"
    Ja yksikkö "Nuorten palvelut"
    Ja yksikön "Nuorten palvelut" väki on
      | nimi          | ammatti                     | osaaminen     | tehtävä    |
      | Aino Laine    | Sairaanhoitaja              |               |            |
      | Salla Niemi   | Psykiatrinen sairaanhoitaja | IPC-menetelmä |            |
      | Liisa Korpela | Terveydenhoitaja            |               | esihenkilö |
    Ja yksikkö "Espoon nuoret"
    Ja "Maija Tuomi" on "Psykologi" yksikössä "Espoon nuoret"
    Ja "Pasi Kuru" on "Psykologi" yksikössä "Espoon nuoret"
    Ja "Pasi Kuru" on yksikön "Espoon nuoret" esihenkilö
    Ja asiakas "Oona Virta", 15 v
    Ja asiakas "Oona Virta" soittaa ja "Aino Laine" vastaa ma 11.1.2027 klo 9.00
    Ja "Aino Laine" vie asian askeleeseen "Hoidon tarpeen arviointi" klo 9.30

  Tapaus: Toisen yksikön työntekijälle asiaa ei ole
    Niin "Salla Niemi" näkee asian perusteella "vastuutyöntekijä"
    Ja "Liisa Korpela" näkee asian perusteella "esihenkilö"
    Ja "Maija Tuomi" ei näe asiaa
    Ja "Pasi Kuru" ei näe asiaa
    Kun "Maija Tuomi" soittaa asiakkaalle "Oona Virta"
    Niin se ei onnistu, koska "Tätä ei löydy"

  Tapaus: Katselu jää käyttölokiin
    Niin "Salla Niemi" näkee asian
    Ja käyttölokissa on "Salla Niemi" perusteella "vastuutyöntekijä"
    Ja käyttölokissa ei ole "Maija Tuomi"

  Tapaus: Vastaanottava yksikkö näkee asian vasta, kun siirtoa on ehdotettu
    Niin "Maija Tuomi" ei näe asiaa
    Kun "Salla Niemi" ehdottaa asian siirtoa yksikköön "Espoon nuoret"
    Niin "Maija Tuomi" näkee asian perusteella "vastaanottava yksikkö"
    Kun "Maija Tuomi" päättää askeleen "Alkuarvio" tulokseen "Tehty"
    Niin se ei onnistu, koska "Tämä ei kuulu sinulle"
    Kun "Pasi Kuru" palauttaa siirron
    Niin "Maija Tuomi" ei näe asiaa
    Ja vastuutyöntekijä on "Salla Niemi"

  @S24
  Tapaus: Turvarajatun asian näkee vain nimetty piiri
    Oletetaan "Sirpa Vainio" on "Terveydenhoitaja" yksikössä "Nuorten palvelut"
    Niin "Sirpa Vainio" näkee asian perusteella "yksikkö"
    Kun "Salla Niemi" kirjaa tapahtuman "Turvakielto tai väkivallan uhka"
    Niin "Salla Niemi" näkee asian perusteella "vastuutyöntekijä"
    Ja "Sirpa Vainio" ei näe asiaa
    Ja "Liisa Korpela" ei näe asiaa

  Tapaus: Yksikön muu työntekijä ei voi vaihtaa vastuutyöntekijää
    Kun "Aino Laine" nimeää vastuutyöntekijäksi "Aino Laine"
    Niin se ei onnistu, koska "Tämä ei kuulu sinulle"
    Ja vastuutyöntekijä on "Salla Niemi"
